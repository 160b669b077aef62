import { drawn } from '../seeded.js';

export const mischiefKinds = ['duplicate', 'delay', 'reorder', 'stale', 'bad_signature', 'lose'] as const;
export type MischiefKind = (typeof mischiefKinds)[number];

/** What is done to deliveries on request, until it was done `times` times. */
export interface Mischief {
  readonly kind: MischiefKind;
  /** The event type it meets; each, where it is not named. */
  readonly type?: string;
  times: number;
  /** How many copies, or how many milliseconds late. */
  readonly amount: number;
  /** Of each delivery that it could meet; 1 is all of them. */
  readonly chance: number;
  readonly seed: string;
}

export interface Mischiefs {
  add(mischief: Mischief): void;
  take(eventType: string): Mischief | undefined;
  clear(): void;
}

export function createMischiefs(): Mischiefs {
  let waiting: (Mischief & { deliveries: number })[] = [];
  return {
    add: (mischief) => {
      waiting.push({ ...mischief, deliveries: 0 });
    },
    take(eventType) {
      const found = waiting.find((one) => (one.type === undefined || one.type === eventType) && meets(one));
      if (found) found.times -= 1;
      waiting = waiting.filter(({ times }) => times > 0);
      return found;
    },
    clear: () => {
      waiting = [];
    },
  };
}

function meets(mischief: Mischief & { deliveries: number }): boolean {
  mischief.deliveries += 1;
  return mischief.chance >= 1 || drawn(mischief.seed, mischief.kind, mischief.deliveries) < mischief.chance;
}
