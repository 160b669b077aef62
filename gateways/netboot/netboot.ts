/** What an installer must know; fetched with its one-time token, never part of the script. */
export interface InstallationAnswers {
  readonly hostname: string;
  /** crypt(3) hash, as /etc/shadow holds it. */
  readonly rootPasswordHash: string;
  readonly sshKeys: readonly string[];
  readonly system: string;
  readonly addresses: readonly InstalledAddress[];
}

export interface InstalledAddress {
  /** With its prefix length: `203.0.113.42/24`. */
  readonly address: string;
  readonly gateway: string;
}

/** What an installer, and the installed system on its first boot, reports under the same token. */
export interface InstallationReports {
  readonly started: { readonly serial: string; readonly mac: string };
  readonly progress: { readonly percent: number; readonly doing: string };
  readonly installed: { readonly serial: string; readonly disks: readonly InstalledDisk[] };
  readonly booted: { readonly serial: string };
}

export interface InstalledDisk {
  readonly model: string;
  readonly serial: string;
  readonly bytes: number;
}

export interface Installation {
  /** Where the machine reaches us, without a slash at its end. */
  readonly baseUrl: string;
  readonly token: string;
  readonly system: string;
}

/** A value that would change the meaning of the script. */
export class UnfitForScript extends Error {
  override name = 'UnfitForScript';
}

const plainUrl = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[a-z0-9._~-]+)*$/i;
const plainToken = /^[a-z0-9_-]{16,200}$/i;
const plainName = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

/** iPXE script (https://ipxe.org/scripting) that starts the unattended installer of this system. */
export function installScript({ baseUrl, token, system }: Installation): string {
  const url = fit('base URL', baseUrl, plainUrl);
  const images = `${url}/netboot/images/${fit('system', system, plainName)}`;
  return [
    '#!ipxe',
    `kernel ${images}/kernel quiet qm.url=${url} qm.token=${fit('token', token, plainToken)}`,
    `initrd ${images}/initrd`,
    'boot',
    '',
  ].join('\n');
}

/** Leaves the machine alone: its firmware goes on to the next boot device, the disk. */
export function localBootScript(): string {
  return '#!ipxe\nexit\n';
}

/** iPXE splits at blanks and lines and expands `${…}`, so everything that is not plain is refused rather than quoted. */
function fit(what: string, value: string, plain: RegExp): string {
  if (!plain.test(value)) throw new UnfitForScript(`this ${what} cannot stand in a netboot script`);
  return value;
}
