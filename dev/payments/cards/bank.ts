import { type BankDecline, bankDecline } from './declines.js';
import type { TestCard } from './test-cards.js';

export type Verdict =
  | { readonly answer: 'approve' }
  | { readonly answer: 'authenticate' }
  | { readonly answer: 'decline'; readonly decline: BankDecline };

export interface Asked {
  /** The customer answered the bank's question just now. */
  readonly authenticated: boolean;
  readonly offSession: boolean;
  readonly authenticatedAtSaving: boolean;
}

/** What the bank says to a charge. Off session nobody is there to be asked, so its wish to ask is a refusal. */
export function chargeVerdict(card: TestCard, asked: Asked): Verdict {
  if (!asked.authenticated && wantsCustomer(card, asked)) {
    if (!asked.offSession) return { answer: 'authenticate' };
    return { answer: 'decline', decline: bankDecline('authentication_required') };
  }
  return card.decline === undefined ? { answer: 'approve' } : { answer: 'decline', decline: bankDecline(card.decline) };
}

/** What the bank says when a card is to be saved for later. */
export function savingVerdict(card: TestCard, authenticated: boolean): Verdict {
  const asks = card.authentication === 'always' || card.authentication === 'unless_saved';
  if (asks && !authenticated) return { answer: 'authenticate' };
  const refuses = card.decline !== undefined && !card.savesFirst;
  return refuses ? { answer: 'decline', decline: bankDecline(card.decline) } : { answer: 'approve' };
}

function wantsCustomer({ authentication }: TestCard, { offSession, authenticatedAtSaving }: Asked): boolean {
  if (authentication === 'always') return true;
  if (authentication === 'unless_saved') return !authenticatedAtSaving;
  return authentication === 'on_session' && !offSession;
}
