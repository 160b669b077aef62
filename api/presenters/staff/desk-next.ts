import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { nextTryAt } from '../../../rules/billing/retry-schedule.js';
import { moment, type Reader } from '../moments.js';
import type { Tone } from '../pill.js';

interface Next {
  readonly tone: Tone;
  readonly text: string;
}

/** What happens next by itself to an invoice, in the words of those whose desk it lies on. */
export function deskNext(reader: Reader, told: InvoiceStory): Next {
  const { invoice, attempts, order } = told;
  const says = (tone: Tone, key: string, values = {}): Next => ({
    tone,
    text: phrase(reader.language, `payments:desk.next.${key}`, values),
  });
  const [last] = attempts;
  if (invoice.status !== 'open') return says('idle', invoice.status);
  if (last && last.settledAt === null)
    return says(last.status === 'unknown' ? 'warn' : 'info', `attempt.${last.status}`);
  const tried = nextTry(reader, told);
  if (tried) return says(...tried);
  if (order?.status === 'awaiting_payment')
    return says('info', 'order', { until: moment(reader, order.expiresAt).text });
  return says('warn', last?.declineKind ?? 'untried');
}

function nextTry(reader: Reader, told: InvoiceStory): [Tone, string, object] | undefined {
  const { cards, failed, policy } = told;
  const plan = told.plan?.plan ?? null;
  const next = nextTryAt(policy, { failed, plan });
  if (!next) return undefined;
  if (cards.length === 0) return ['warn', 'cardless', {}];
  const card = cards.find(({ id }) => id === plan?.paymentMethodId);
  const values = { at: moment(reader, new Date(next)).text, ...(card && { card: cardName(card) }) };
  return ['info', card ? 'planned' : next === plan?.heldUntil ? 'held' : 'retry', values];
}
