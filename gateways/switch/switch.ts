export interface SwitchAccess {
  readonly host: string;
  readonly port: number;
  readonly version: '2c' | '3';
  /** Version 2c; unused by version 3. */
  readonly community: string;
  /** Version 3, and only there. */
  readonly user?: SwitchUser;
}

/** A version 3 user with authentication and privacy; less than both is not offered. */
export interface SwitchUser {
  readonly name: string;
  readonly authProtocol: 'sha' | 'sha256' | 'sha512';
  readonly authKey: string;
  readonly privProtocol: 'aes' | 'aes256';
  readonly privKey: string;
}

export interface PortSettings {
  readonly up: boolean;
  /** Untagged VLAN number, 1 to 4094. */
  readonly vlan: number;
  /** At most 64 octets of UTF-8 (RFC 2863). */
  readonly alias: string;
}

/** As read back from the device: what it was set to, and whether there is a link. */
export interface PortState extends PortSettings {
  readonly link: boolean;
}

/** A port among all of a switch. */
export interface BridgePort extends Pick<PortSettings, 'up' | 'vlan'> {
  readonly untagged: readonly number[];
}

/** A managed switch, ports by ifIndex. Every call may throw `SwitchUnreachable` (try again) or `SwitchRefused` (for a person). */
export interface Switch {
  readPort(ifIndex: number): Promise<PortState>;
  /** Every port of the bridge at once: what it was set to, and the VLANs whose frames leave it untagged. */
  readPorts(): Promise<ReadonlyMap<number, BridgePort>>;
  /** Sets, reads back, and throws `SwitchRefused` when the device says otherwise. Doing it twice is harmless. */
  configurePort(ifIndex: number, settings: PortSettings): Promise<void>;
}

/** VLAN bitmaps are read-modify-write: one command a switch at a time is the caller's care. */
export type Switches = (access: SwitchAccess) => Switch;

export class SwitchUnreachable extends Error {
  override name = 'SwitchUnreachable';
}

export class SwitchRefused extends Error {
  override name = 'SwitchRefused';
}
