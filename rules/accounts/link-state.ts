/** Why a link was sent: to somebody new, to one who asked, or to one for whom staff asked. */
export const linkPurposes = ['welcome', 'reset', 'staff_reset'] as const;

export type LinkPurpose = (typeof linkPurposes)[number];

/** Whoever asked just now sits before the mailbox; others read their letters later. */
export const hoursOpen: Readonly<Record<LinkPurpose, number>> = { welcome: 48, reset: 2, staff_reset: 48 };

export type LinkState = 'open' | 'used' | 'replaced' | 'expired';

export interface LinkTimes {
  readonly usedAt: Date | null;
  readonly replacedAt: Date | null;
  /** Exclusive; nothing until its letter was written. */
  readonly expiresAt: Date | null;
}

/** Whether a link still opens, and why not. What was done with it counts before what time has done to it. */
export function linkState({ usedAt, replacedAt, expiresAt }: LinkTimes, now: Date): LinkState {
  if (usedAt) return 'used';
  if (replacedAt) return 'replaced';
  return expiresAt && now < expiresAt ? 'open' : 'expired';
}
