/** Why staff may not act on an invoice just now. */
export type DeskRefusal = 'closed' | 'underWay' | 'unknown' | 'order';

interface Circumstances {
  readonly status: string;
  /** How the open attempt stands, where there is one. */
  readonly attempt: string | undefined;
}

/**
 * Whether staff may try a card or book money on an invoice: only while it is open, and never while nobody can say whether a
 * card is being charged for it. Nothing where they may.
 */
export function deskRefusal({ status, attempt }: Circumstances): DeskRefusal | undefined {
  if (status !== 'open') return 'closed';
  if (attempt === undefined) return undefined;
  return attempt === 'unknown' ? 'unknown' : 'underWay';
}
