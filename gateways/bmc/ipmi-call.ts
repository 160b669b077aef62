import { execFile } from 'node:child_process';
import { LONGEST_IPMI_NAME, LONGEST_IPMI_PASSWORD, readIpmiAddress } from '../../rules/servers/ipmi-access.js';
import { type BmcAccess, BmcRefused, BmcUnreachable } from './bmc.js';

export interface IpmiOptions {
  /** For one command, sessions and all; `ipmitool` itself gives up on a silent BMC after two seconds a packet. */
  readonly timeoutMs?: number;
  /** Found on PATH where it has no slash. */
  readonly ipmitool?: string;
}

const MAX_BYTES = 100_000;
const SHA256_SUITE = 17;

/** What only a person can mend; whatever else goes wrong may pass by itself. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/RAKP 2 HMAC is invalid|RAKP 4 message indicates an error/, 'does not know this password'],
  [/unauthorized name/, 'does not know this user'],
  [
    /invalid (authentication|integrity|confidentiality) algorithm|no matching cipher suite/i,
    'has no such cipher suite',
  ],
  [/unauthorized role or privilege|Set Session Privilege Level to \w+ failed: /, 'does not let this user command'],
  [/failed: (Insufficient privilege|Invalid command|Invalid data field|Parameter out of range)/, 'refuses the command'],
  [/Device not present/, 'has no such device'],
];

/** One command by `ipmitool`, and what it printed. The password goes by the environment: arguments are for all to read. */
export async function callIpmi(
  access: BmcAccess,
  command: readonly string[],
  { timeoutMs = 8_000, ipmitool = 'ipmitool' }: IpmiOptions = {},
): Promise<string> {
  const session = sessionOf(access);
  const env = { PATH: process.env.PATH, LC_ALL: 'C', IPMI_PASSWORD: access.password };
  const settings = { env, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: MAX_BYTES } as const;
  return new Promise((resolve, reject) => {
    execFile(ipmitool, [...session, ...command], settings, (error, stdout, stderr) => {
      if (error) reject(sorted(error, stderr, { access, command, ipmitool }));
      else resolve(stdout);
    });
  });
}

/** `-v`, because why a session was not opened is said only then. */
function sessionOf({ address, username, password, cipherSuite = SHA256_SUITE }: BmcAccess): string[] {
  const at = readIpmiAddress(address);
  if (!at) throw new BmcRefused(`${address} is not the address of an IPMI service processor`);
  const [name, word] = [LONGEST_IPMI_NAME, LONGEST_IPMI_PASSWORD];
  if (Buffer.byteLength(username) > name || Buffer.byteLength(password) > word)
    throw new BmcRefused(`${address} takes names up to ${name} and passwords up to ${word} bytes`);
  const patience = ['-N', '1', '-R', '1'];
  return [
    '-v',
    '-I',
    'lanplus',
    ...patience,
    '-C',
    String(cipherSuite),
    '-H',
    at.host,
    '-p',
    String(at.port),
    '-U',
    username,
    '-E',
  ];
}

interface Called {
  readonly access: BmcAccess;
  readonly command: readonly string[];
  readonly ipmitool: string;
}

/** A worker without the program is no fault of the machine's, which would leave the pool for a refusal. */
function sorted(error: Error, stderr: string, { access: { address }, command, ipmitool }: Called): Error {
  const { code, killed } = error as { code?: unknown; killed?: boolean };
  const what = command.join(' ');
  if (code === 'ENOENT') return new BmcUnreachable(`${ipmitool} is not installed where this runs`);
  if (killed) return new BmcUnreachable(`${address} did not answer "${what}" in time`);
  const [, refusal] = refusals.find(([pattern]) => pattern.test(stderr)) ?? [];
  if (refusal) return new BmcRefused(`${address} ${refusal} ("${what}")`);
  return new BmcUnreachable(`${address} did not do "${what}": ${lastLine(stderr) || 'no reason given'}`);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
