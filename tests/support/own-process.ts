import { type ChildProcess, spawn } from 'node:child_process';
import { bequeath } from './last-will.js';

/** One of our programs as it is started in production: a process of its own with its environment and nothing else. */
export class OwnProcess {
  /** All that it wrote, on both streams. */
  said = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(file: string, env: Readonly<Record<string, string>>, ...args: string[]) {
    const { PATH = '', HOME = '' } = process.env;
    const runner = /^(api|activities|collectors)\//.test(file) ? 'dev/compiled.mjs' : 'dev/typescript.mjs';
    const command = [runner, file, ...args];
    this.child = spawn(process.execPath, command, { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    const revoke = bequeath({ pid: this.child.pid });
    this.child.once('exit', revoke);
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** The status of an address; nothing while nobody listens there. */
export async function statusOf(url: string, init: RequestInit = {}): Promise<number | undefined> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000), ...init }).then(
    ({ status }) => status,
    () => undefined,
  );
}
