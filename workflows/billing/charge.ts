import { condition, proxyActivities } from '@temporalio/workflow';
import type { ChargeActivities, KnownCharge } from '../../activities/billing/charges.js';
import { CHALLENGE_MS, FRESH_MS, waitBeforeLookUp } from '../../rules/billing/look-ups.js';
import type { Settlement } from '../../rules/billing/settlement.js';
import { unlessUnwantedWhileHeld } from '../durable/holds.js';
import type { humanSteps } from '../durable/human-step.js';
import { money } from '../durable/patience.js';

const { createCharge, confirmCharge, lookUpCharge, cancelCharge } = proxyActivities<ChargeActivities>(money);

/** What the process around a charge knows and is told. */
export interface Bystander {
  /** Whether nobody wants the charge any more: the invoice was taken back, or another card is to pay. */
  unwanted(): boolean;
  /** Whether somebody said that it moved; said once, it is news once. */
  readonly news: { pending: boolean };
  /** Not decided yet, and this is how it stands. */
  tell(charge: KnownCharge | { readonly state: 'held' }): void;
  /** Between look-ups, which go on for as long as the bank likes. */
  startAfreshWhenLong(): Promise<void>;
}

type TakingBack = 'unwanted' | 'abandoned' | 'never_asked';

/**
 * One charge until the bank has decided: made once, looked up where nobody told how it went, taken back where its
 * customer did not come back or nobody wants it any more. `standing`: it was under way before.
 */
export async function settleCharge(
  { attemptId, standing = false }: { readonly attemptId: string; readonly standing?: boolean },
  attempt: ReturnType<typeof humanSteps>,
  { unwanted, news, tell, startAfreshWhenLong }: Bystander,
): Promise<Settlement> {
  let since = Date.now(); // time at a stop does not count
  let takingBack: TakingBack | undefined;
  let charge: KnownCharge = standing ? { state: 'unknown' } : await ask();
  for (let lookUps = 0; ; lookUps++) {
    const settled = settlementOf(charge, takingBack);
    if (settled) return settled;
    tell(charge);
    await startAfreshWhenLong();

    const challenged = charge.state === 'requires_action';
    const left = () => since + CHALLENGE_MS - Date.now();
    const wait = challenged ? Math.min(left(), waitBeforeLookUp(lookUps)) : waitBeforeLookUp(lookUps);
    const summary = challenged ? 'until the customer confirms with their bank' : 'until the charge is looked up again';
    await condition(() => news.pending || (!takingBack && unwanted()), Math.max(0, wait), { summary });
    news.pending = false;

    if (unwanted()) takingBack ??= 'unwanted';
    else if (challenged && left() <= 0) takingBack ??= 'abandoned';
    charge = takingBack ? await step('cancelCharge', cancelCharge) : await step('lookUpCharge', lookUpCharge);
    if (charge.state !== 'unconfirmed') continue;
    if (Date.now() - since < FRESH_MS) charge = await ask();
    else {
      takingBack = 'never_asked';
      charge = await step('cancelCharge', cancelCharge);
    }
  }

  /** Left at a stop it may have been made, but the bank was not asked: to be looked up, and taken back. */
  async function ask(): Promise<KnownCharge> {
    const asked = await unlessUnwantedWhileHeld({ unwanted, onHold: () => tell({ state: 'held' }) }, async () => {
      const created = await step('createCharge', createCharge);
      return created.state === 'unconfirmed' ? step('confirmCharge', confirmCharge) : created;
    });
    if ('left' in asked) return { state: 'unknown' };
    since += asked.heldMs;
    return asked.done;
  }

  /** Past the provider's patience somebody of the staff decides; the customer is not kept waiting for them. */
  async function step(name: string, act: (attemptId: string) => Promise<KnownCharge>): Promise<KnownCharge> {
    const done: { charge: KnownCharge } = { charge: { state: 'unknown' } };
    await attempt({ name, skippable: false }, async () => {
      try {
        done.charge = await act(attemptId);
      } catch (error) {
        tell(done.charge);
        throw error;
      }
    });
    return done.charge;
  }
}

/** Nothing while the bank has not decided. */
function settlementOf(charge: KnownCharge, takingBack: TakingBack | undefined): Settlement | undefined {
  if (charge.state === 'declined') return charge;
  if (charge.state === 'succeeded') return { state: 'succeeded', chargeId: charge.chargeId };
  if (charge.state !== 'cancelled') return undefined;
  if (takingBack === 'never_asked') return { state: 'declined', kind: 'soft', code: 'no_answer' };
  if (takingBack !== 'abandoned') return { state: 'cancelled' };
  return { state: 'declined', kind: 'authentication_required', code: 'authentication_required' };
}
