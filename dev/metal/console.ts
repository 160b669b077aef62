import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { BmcAccess } from '../../gateways/bmc/bmc.js';

const CONNECTED_WITHIN_MS = 15_000;
const LOOKED_EVERY_MS = 100;
const plain = /^[\w.:-]+$/;

/** A machine's screen and keyboard: IPMI's serial-over-LAN, which `ipmitool` opens only on a terminal. */
export class Console {
  private heard = '';
  private read = 0;

  private constructor(private readonly session: ChildProcess) {
    session.stdout?.on('data', (words: Buffer) => {
      this.heard += words.toString('latin1');
    });
    session.once('error', () => {}); // silence is what whoever expects something meets
  }

  /** script(1) gives the terminal, and takes one line for a shell: nothing but plain words goes into it. */
  static async open({ address, username, password, cipherSuite }: BmcAccess): Promise<Console> {
    const [host = '', port = '623'] = address.split(':');
    const words = ['-C', String(cipherSuite), '-H', host, '-p', port, '-U', username, '-E', 'sol', 'activate'];
    if (!words.every((word) => plain.test(word))) throw new Error(`${address} cannot be told to a shell`);
    const env = { PATH: process.env.PATH, TERM: 'dumb', IPMI_PASSWORD: password };
    const command = `exec ipmitool -I lanplus ${words.join(' ')}`;
    const session = spawn('script', ['-qfec', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const opened = new Console(session);
    await opened.expect('SOL Session operational', CONNECTED_WITHIN_MS);
    return opened;
  }

  /** Waits for such words after those that were expected last. */
  async expect(words: string, withinMs: number): Promise<void> {
    for (const until = Date.now() + withinMs; Date.now() < until; await pause(LOOKED_EVERY_MS)) {
      const found = this.heard.indexOf(words, this.read);
      if (found < 0) continue;
      this.read = found + words.length;
      return;
    }
    throw new Error(`the console never said “${words}”, last: ${JSON.stringify(this.heard.slice(-200))}`);
  }

  type(text: string): void {
    this.session.stdin?.write(text);
  }

  async close(): Promise<void> {
    if (this.session.exitCode !== null || this.session.signalCode !== null) return;
    const gone = new Promise((resolve) => this.session.once('exit', resolve));
    this.type('\r~.');
    const late = setTimeout(() => this.session.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(late);
  }
}

/** Signs in as root on the machine's console, and insists that it is this host that one is on. */
export async function signInOnConsole(access: BmcAccess, hostName: string, password: string): Promise<void> {
  const console = await Console.open(access);
  try {
    console.type('\r');
    await console.expect('login: ', 30_000);
    console.type('root\r');
    await console.expect('Password: ', 15_000);
    console.type(`${password}\r`);
    await console.expect('# ', 15_000);
    console.type('echo "on $(hostname)"; exit\r');
    await console.expect(`on ${hostName}`, 15_000);
  } finally {
    await console.close();
  }
}
