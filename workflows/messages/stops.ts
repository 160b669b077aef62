import { defineSignal } from '@temporalio/workflow';
import type { StopKind } from '../../rules/durable/stops.js';

/** At which stop an act outside was held, and since when (ISO 8601): nothing was done. */
export interface HeldAt {
  readonly stopId: string;
  readonly kind: StopKind;
  readonly since: string;
}

/** What an activity returns instead of its result when a stop holds it. */
export interface Held {
  readonly heldAtStop: HeldAt;
}

export function isHeld(result: unknown): result is Held {
  return typeof result === 'object' && result !== null && 'heldAtStop' in result;
}

/** The stop is no more: whatever waits at it asks anew. Told to a process that does not wait, it changes nothing. */
export const stopLifted = defineSignal<[{ readonly stopId: string }]>('stopLifted');
