import { INTERVAL_SECONDS } from './traffic.js';
import { ceiled, floored } from './traffic-steps.js';
import type { Span } from './traffic-window.js';

/** A time in which a switch port was somebody's; without an end it is theirs still. */
export interface Holding {
  readonly portId: string;
  readonly from: Date;
  readonly to: Date | null;
}

export interface PortSpan extends Span {
  readonly portId: string;
}

/**
 * What of a span may be shown of these holdings, in their order: whole five-minute intervals alone, since one that two
 * tenants share tells each of the other.
 */
export function heldWithin(holdings: readonly Holding[], { from, to }: Span): PortSpan[] {
  const clipped = holdings.map(({ portId, from: since, to: until }) => ({
    portId,
    from: ceiled(since > from ? since : from, INTERVAL_SECONDS),
    to: floored(until && until < to ? until : to, INTERVAL_SECONDS),
  }));
  return clipped.filter((span) => span.from < span.to).sort((one, other) => one.from.getTime() - other.from.getTime());
}
