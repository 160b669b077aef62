export interface SharedDevices {
  /** Every device that is to be read. */
  readonly devices: readonly string[];
  /** Who holds which of them just now. */
  readonly held: ReadonlyMap<string, string>;
  /** Everybody who shares them. */
  readonly collectors: number;
  readonly own: string;
}

export interface DeviceShare {
  readonly keep: readonly string[];
  readonly take: readonly string[];
  readonly giveBack: readonly string[];
}

/**
 * An equal part each: what is one's own stays, what is free is taken, and what is too much is given to those who have
 * less.
 */
export function deviceShare({ devices, held, collectors, own }: SharedDevices): DeviceShare {
  const share = Math.ceil(devices.length / Math.max(1, collectors));
  const mine = devices.filter((device) => held.get(device) === own);
  const free = devices.filter((device) => !held.has(device));
  const gone = [...held].filter(([device, holder]) => holder === own && !devices.includes(device));
  return {
    keep: mine.slice(0, share),
    take: free.slice(0, Math.max(0, share - mine.length)),
    giveBack: [...mine.slice(share), ...gone.map(([device]) => device)],
  };
}
