export type PowerState = 'on' | 'off';

export interface BmcAccess {
  readonly driver: 'redfish' | 'ipmi';
  /** `https://host[:port]/redfish/v1/Systems/<id>`, or for IPMI `host[:port]`. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
  /** IPMI 2.0, table 22-20; absent: 17. Redfish knows none. */
  readonly cipherSuite?: number;
}

/** A machine's service processor. Every call may throw `BmcUnreachable` (try again) or `BmcRefused` (a person must look). */
export interface Bmc {
  /** The machine's serial number, checked before anything that cannot be undone: a BMC may answer for another machine. */
  serial(): Promise<string>;
  powerState(): Promise<PowerState>;
  /** Commands and returns; a machine takes seconds, so poll `powerState` for the outcome. Already there is success. */
  powerOn(): Promise<void>;
  powerOff(): Promise<void>;
  /** Off and, by the BMC itself, on again; what is off is refused. Ends before the machine does: poll `powerState`. */
  powerCycle(): Promise<void>;
  /** The reset line, with the power left on, for what hangs; what is off is refused. */
  reset(): Promise<void>;
  /** The very next start only; read back before it returns. */
  bootFromNetworkOnce(): Promise<void>;
  bootFromDisk(): Promise<void>;
}

/** Opens nothing by itself: each call stands alone, one command a BMC at a time is the caller's care. */
export type Bmcs = (access: BmcAccess) => Bmc;

export class BmcUnreachable extends Error {
  override name = 'BmcUnreachable';
}

export class BmcRefused extends Error {
  override name = 'BmcRefused';
}
