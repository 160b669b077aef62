import type { DeclineKind } from './declines.js';

/** How an attempt ended. What was cancelled never reached the money. */
export type Settlement =
  | { readonly state: 'succeeded'; readonly chargeId: string }
  | { readonly state: 'declined'; readonly kind: DeclineKind; readonly code: string }
  | { readonly state: 'cancelled' };
