import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import { isDisputeOver } from '../../../rules/billing/dispute-status.js';
import { nextTryAt } from '../../../rules/billing/retry-schedule.js';
import { dayAt } from '../../../rules/calendar.js';
import { day, moment, type Reader } from '../moments.js';
import type { Tone } from '../pill.js';
import { processNext } from '../process-words.js';

/** What happens by itself, and when. */
export function nextOf(reader: Reader, told: InvoiceStory, now: Date): { tone: Tone; text: string } | undefined {
  const { invoice, attempts, order } = told;
  const says = (key: string, values = {}) => phrase(reader.language, `billing:next.${key}`, values);
  const [last] = attempts;
  const unsettled = moneyBack(reader, told);
  if (unsettled) return unsettled;
  if (invoice.status === 'paid')
    return order?.status === 'preparing' ? { tone: 'info', text: says('preparing') } : undefined;
  if (invoice.status !== 'open') return undefined;
  if (told.isHeld) return { tone: 'warn', text: says('held') };
  if (last && last.settledAt === null)
    return { tone: last.status === 'unknown' ? 'warn' : 'info', text: says(`attempt.${last.status}`) };

  const { failed, policy } = told;
  const retryAt = nextTryAt(policy, { failed, plan: told.plan?.plan ?? null });
  if (retryAt && new Date(retryAt) > now)
    return { tone: 'info', text: says('retry', { at: moment(reader, new Date(retryAt)).text }) };
  const due = day(reader, invoice.dueOn).exact;
  if (order?.status === 'awaiting_payment')
    return {
      tone: 'info',
      text: says(failed ? 'orderFailed' : 'order', { until: moment(reader, order.expiresAt).text }),
    };
  const overdue = invoice.dueOn < dayAt(now, reader.timeZone);
  return overdue ? { tone: 'warn', text: says('overdue', { due }) } : { tone: 'info', text: says('open', { due }) };
}

/** A dispute that the bank has not decided, or money on its way back, is what matters of an invoice. */
function moneyBack(
  { language }: Reader,
  { disputes, refunds }: InvoiceStory,
): { tone: Tone; text: string } | undefined {
  const dispute = disputes.find(({ status }) => !isDisputeOver(status));
  const refund = refunds.find(({ status, returnClosedAt }) => status !== 'succeeded' && returnClosedAt === null);
  const amountOf = (amount: Parameters<typeof formatMoney>[1]) => ({ amount: formatMoney(language, amount) });
  const text = dispute
    ? processNext(language, 'dispute', dispute.status, amountOf(dispute.amount))
    : refund && processNext(language, 'refundReturn', refund.status, amountOf(refund.amount));
  return text ? { tone: dispute ? 'warn' : 'info', text } : undefined;
}
