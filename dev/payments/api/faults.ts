import { drawn } from '../seeded.js';

/** What goes wrong with a call. The last three act after the change was kept. */
export const faultKinds = ['429', '500_before', 'drop_before', 'slow', '500_after', 'drop_answer', 'timeout'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** `POST /v1/payment_intents/:id/confirm`; a star at the end stands for the rest, `* /v1/*` for every call. */
  readonly match: string;
  readonly kind: FaultKind;
  /** How many calls it still meets. */
  times: number;
  /** How long a slow call waits before it acts. */
  readonly ms: number;
  /** Of each call that matches; 1 is all of them. */
  readonly chance: number;
  /** The same seed meets the same calls, counted as they come. */
  readonly seed: string;
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault that meets this call, used up by one. */
  take(method: string, path: string): Fault | undefined;
  clear(): void;
  all(): readonly Fault[];
}

export function createFaults(): Faults {
  let waiting: (Fault & { readonly pattern: RegExp; calls: number })[] = [];
  return {
    add: (fault) => {
      waiting.push({ ...fault, pattern: patternOf(fault.match), calls: 0 });
    },
    take(method, path) {
      const fault = waiting.find((one) => one.pattern.test(`${method} ${path}`) && meets(one));
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter(({ times }) => times > 0);
      return fault;
    },
    clear: () => {
      waiting = [];
    },
    all: () => waiting.map(({ pattern: _, calls: __, ...fault }) => fault),
  };
}

function meets(fault: Fault & { calls: number }): boolean {
  fault.calls += 1;
  return fault.chance >= 1 || drawn(fault.seed, fault.match, fault.kind, fault.calls) < fault.chance;
}

function patternOf(match: string): RegExp {
  const literal = match.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const path = literal.replace(/:\w+/g, '[^/]+').replace(/\*$/, '.*').replace(/^\* /, '[A-Z]+ ');
  return new RegExp(`^${path}$`);
}
