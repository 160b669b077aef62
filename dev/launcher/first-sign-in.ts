import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BmcAccess } from '../../gateways/bmc/bmc.js';
import { machineList } from '../machines/machine-list.js';
import { signInOnConsole } from '../metal/console.js';
import { CIPHER_SUITE } from '../metal/service-processor.js';
import { type Browser, formTo, UnexpectedPage } from './browser.js';
import type { Ports } from './ports.js';

/** How the console of the machine in QEMU is reached; nothing where this serial number is another machine's. */
export function metalConsole(data: string, { bmc }: Pick<Ports, 'bmc'>, serial: string): BmcAccess | undefined {
  const machines = machineList.parse(JSON.parse(readFileSync(join(data, 'metal.json'), 'utf8')));
  const papers = machines.find((machine) => machine.serial === serial);
  if (!papers) return undefined;
  const { username, password } = papers;
  return { driver: 'ipmi', address: `127.0.0.1:${bmc}`, username, password, cipherSuite: CIPHER_SUITE };
}

interface Host {
  readonly console: BmcAccess;
  readonly hostName: string;
}

/** With the root password from the page that shows it once, which is why it is told here as well. */
export async function signInAsTold(
  browser: Browser,
  serverPath: string,
  { console, hostName }: Host,
  say: (line: string) => void,
): Promise<void> {
  const page = await browser.get(`${serverPath}/login-data`);
  const shown = await browser.submit(page, formTo(page, /\/login-data$/));
  const [password] = /\b(?:\w{5}-){3}\w{5}\b/.exec(shown.html) ?? [];
  if (!password) throw new UnexpectedPage('the root password was not shown', shown);
  await signInOnConsole(console, hostName, password);
  say(`  signed in on its serial console as root with ${password}, which its page showed this once`);
}
