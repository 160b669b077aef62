import { execFile } from 'node:child_process';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { MachinePapers } from '../machines/machine-list.js';
import { fruOf } from './fru.js';
import { keepRunning } from './spawn-with-us.js';

const run = promisify(execFile);

export type Button = 'on' | 'off' | 'reset';

export interface ServiceProcessorOptions {
  readonly papers: MachinePapers;
  /** Where it keeps what it remembers. */
  readonly folder: string;
  /** UDP, on this machine alone. */
  readonly port: number;
  /** TCP, of the machine's serial port: what IPMI's serial-over-LAN leads to. */
  readonly consolePort: number;
  press(button: Button): void;
}

export interface ServiceProcessor {
  /** What it answers from now on when it is asked for the machine's power. */
  showPower(on: boolean): void;
  /** What this start is to boot from; a setting counts for one. */
  takeBootDevice(): 'network' | 'disk';
  stop(): Promise<void>;
}

/** The only cipher suite that `ipmi_sim` knows. */
export const CIPHER_SUITE = 3;

/** A machine's service processor: OpenIPMI's `ipmi_sim`, whose buttons are pressed here. */
export async function startServiceProcessor(options: ServiceProcessorOptions): Promise<ServiceProcessor> {
  const { papers, folder, press } = options;
  const at = (name: string) => join(folder, name);
  /** Whole or not at all: the hook may be reading. */
  const keep = (name: string, content: string | Buffer) => {
    writeFileSync(at(`${name}.new`), content, { mode: 0o600 });
    renameSync(at(`${name}.new`), at(name));
  };
  mkdirSync(at('remembered'), { recursive: true, mode: 0o700 });
  const fru = fruOf({ manufacturer: 'Quartermaster', model: papers.model, serial: papers.serial });
  keep('fru.bin', fru);
  keep('lan.conf', lanConfig(options));
  keep('commands.emu', commands(fru.length));
  for (const [name, unset] of [['power', '0'] as const, ['boot', 'none'] as const]) {
    if (!existsSync(at(name))) keep(name, unset);
  }
  copyFileSync(join(import.meta.dirname, 'chassis.sh'), at('chassis.sh'));

  rmSync(at('buttons'), { force: true });
  await run('mkfifo', ['-m', '600', at('buttons')]);
  const fd = openSync(at('buttons'), constants.O_RDWR | constants.O_NONBLOCK); // for writing too, or it would end with each writer
  const buttons = new Socket({ fd, readable: true, writable: false });
  createInterface({ input: buttons }).on('line', (line) => {
    const button = buttonOf(line);
    if (button) press(button);
  });

  // paths are relative to its folder: what it runs goes through a shell
  const files = ['-c', 'lan.conf', '-f', 'commands.emu', '-s', 'remembered'];
  const stop = keepRunning(['ipmi_sim', ...files, '-n'], folder);
  return {
    showPower: (on) => keep('power', on ? '1' : '0'),
    takeBootDevice() {
      const device = readFileSync(at('boot'), 'utf8') === 'pxe' ? 'network' : 'disk';
      keep('boot', 'none');
      return device;
    },
    async stop() {
      await stop();
      buttons.destroy();
    },
  };
}

function buttonOf(line: string): Button | undefined {
  if (line === 'power 1') return 'on';
  if (line === 'power 0' || line === 'shutdown 1') return 'off';
  return line === 'reset 1' ? 'reset' : undefined;
}

/** ipmi_lan(5). */
function lanConfig({ papers, port, consolePort }: ServiceProcessorOptions): string {
  const { id, uuid, username, password } = papers;
  const who = ['callback', 'user', 'operator', 'admin'];
  return [
    `name "${id}"`,
    'set_working_mc 0x20',
    '  startlan 1',
    `    addr 127.0.0.1 ${port}`,
    '    priv_limit admin',
    ...who.map((level) => `    allowed_auths_${level} md5`),
    `    guid ${uuid.replaceAll('-', '')}`,
    '  endlan',
    '  chassis_control "sh ./chassis.sh ."',
    `  sol "tcp:127.0.0.1:${consolePort}" 115200 history=4000`,
    `  user 2 true "${username}" "${password}" admin 10 md5`,
    '',
  ].join('\n');
}

/** ipmi_sim_cmd(5). */
function commands(fruBytes: number): string {
  return [
    'mc_setbmc 0x20',
    'mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr',
    `mc_add_fru_data 0x20 0 ${fruBytes} file 0 "fru.bin"`,
    'sel_enable 0x20 1000 0x0a',
    'mc_enable 0x20',
    '',
  ].join('\n');
}
