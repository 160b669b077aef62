/** What goes wrong with a call. All but the first four act after the change was kept. */
export const faultKinds = ['429', '500_before', 'drop_before', 'slow', '500_after', 'drop_answer', 'timeout'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** `POST /v1/payment_intents/:id/confirm` */
  readonly match: string;
  readonly kind: FaultKind;
  /** How many calls it still meets. */
  times: number;
  /** How long a slow call waits before it acts. */
  readonly ms: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault that meets this call, used up by one. */
  take(method: string, path: string): Fault | undefined;
  clear(): void;
  all(): readonly Fault[];
}

export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => {
      waiting.push(fault);
    },
    take(method, path) {
      const fault = waiting.find(({ match }) => pattern(match).test(`${method} ${path}`));
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter(({ times }) => times > 0);
      return fault;
    },
    clear: () => {
      waiting = [];
    },
    all: () => waiting,
  };
}

function pattern(match: string): RegExp {
  const literal = match.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/:\w+/g, '[^/]+')}$`);
}
