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
}

export interface Mischiefs {
  add(mischief: Mischief): void;
  take(eventType: string): Mischief | undefined;
  clear(): void;
}

export function createMischiefs(): Mischiefs {
  let waiting: Mischief[] = [];
  return {
    add: (mischief) => {
      waiting.push(mischief);
    },
    take(eventType) {
      const found = waiting.find(({ type }) => type === undefined || type === eventType);
      if (found) found.times -= 1;
      waiting = waiting.filter(({ times }) => times > 0);
      return found;
    },
    clear: () => {
      waiting = [];
    },
  };
}
