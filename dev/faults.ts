/** How a pretend device is told to misbehave. `times` absent: until it is cleared. */
export interface Fault {
  readonly step: string;
  readonly kind: string;
  readonly times?: number;
  readonly delayMs?: number;
}

/** Misbehaviour waiting to happen, by device and step; each time it happens it is used up by one. */
export class Faults {
  private readonly waiting = new Map<string, { fault: Fault; left: number }>();

  set(device: string, fault: Fault): void {
    this.waiting.set(`${device}/${fault.step}`, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  take(device: string, step: string): Fault | undefined {
    const entry = this.waiting.get(`${device}/${step}`);
    if (!entry || entry.left <= 0) return undefined;
    entry.left -= 1;
    return entry.fault;
  }

  of(device: string): Fault[] {
    const own = [...this.waiting].filter(([key, { left }]) => key.startsWith(`${device}/`) && left > 0);
    return own.map(([, { fault, left }]) => (Number.isFinite(left) ? { ...fault, times: left } : fault));
  }

  clear(device: string): void {
    for (const key of this.waiting.keys()) if (key.startsWith(`${device}/`)) this.waiting.delete(key);
  }
}
