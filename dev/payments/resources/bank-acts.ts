import type { Account } from '../account.js';
import type { Act } from '../agenda.js';
import { disputeLost, disputeOpened, disputeWon } from './dispute-outcomes.js';
import { awaited } from './disputes.js';
import { testCardOfId } from './payment-methods.js';
import { refundFailed, refundSucceeded } from './refund-outcomes.js';

/** What banks do by themselves. What was decided otherwise meanwhile is left as it is. */
export const bankActs: Readonly<Record<Act, (account: Account, subject: string) => void>> = {
  refund_succeeds(account, id) {
    const refund = account.refunds.get(id);
    if (refund?.status === 'pending') refundSucceeded(account, refund);
  },

  refund_fails(account, id) {
    const refund = account.refunds.get(id);
    if (refund && refund.status !== 'failed') refundFailed(account, refund);
  },

  dispute_opens(account, id) {
    const charge = account.charges.get(id);
    const complaint = charge && testCardOfId(account, charge.payment_method)?.dispute;
    if (complaint && !charge.disputed && !charge.refunded) disputeOpened(account, charge, complaint);
  },

  dispute_won(account, id) {
    const dispute = account.disputes.get(id);
    if (dispute?.status.endsWith('under_review')) disputeWon(account, dispute);
  },

  dispute_lost(account, id) {
    const dispute = account.disputes.get(id);
    if (dispute?.status.endsWith('under_review')) disputeLost(account, dispute);
  },

  dispute_expires(account, id) {
    const dispute = account.disputes.get(id);
    if (!dispute || !awaited(dispute)) return;
    disputeLost(account, { ...dispute, evidence_details: { ...dispute.evidence_details, past_due: true } });
  },
};
