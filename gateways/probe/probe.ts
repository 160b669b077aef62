import { isIP } from 'node:net';
import { z } from 'zod';
import { exchange } from '../http-exchange.js';

/** What a machine says of itself once its installed system is up. */
export interface Greeting {
  readonly serial: string;
  readonly hostname: string;
}

export interface Probe {
  /** Whoever answers under this address; nothing when nobody does, or not in our words. */
  answers(address: string): Promise<Greeting | undefined>;
}

export interface ProbeOptions {
  /** `http://host:port` through which customers' networks are reached, where they are not routed to us. */
  readonly proxy?: string;
  readonly timeoutMs?: number;
}

const MAX_BYTES = 10_000;

const greeting = z.object({ serial: z.string().min(1).max(100), hostname: z.string().min(1).max(255) });

/** Asks `/.well-known/quartermaster`, which each installed system serves on its first boot. */
export function createHttpProbe({ proxy, timeoutMs = 5_000 }: ProbeOptions = {}): Probe {
  return {
    async answers(address) {
      if (!isIP(address)) throw new TypeError(`${address} is not an address of a machine`);
      const host = isIP(address) === 6 ? `[${address}]` : address;
      const url = new URL(`http://${host}/.well-known/quartermaster`);
      try {
        const { status, body } = await exchange(url, { proxy, timeoutMs, maxBytes: MAX_BYTES });
        return status === 200 ? greeting.parse(JSON.parse(body)) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
