import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { CollectionBatch } from '../../../models/billing/collection-batch.js';
import type { BatchItemState, CollectionBatchItem } from '../../../models/billing/collection-batch-item.js';
import { LATEST_DAYS, SOONEST_MINUTES } from '../../../rules/billing/schedule-change.js';
import { declineWords } from '../billing/decline-words.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

const states: readonly BatchItemState[] = ['done', 'declined', 'begun', 'refused', 'waiting'];

/** What came of a set that was sent: of each invoice, and in all. */
export function presentBatch(reader: Reader, batch: CollectionBatch, items: readonly CollectionBatchItem[]) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `payments:batch.${key}`, values);
  const counted = states.map((state) => ({ state, count: items.filter((item) => item.state === state).length }));
  return {
    title: says(`title.${batch.act}`),
    crumbs: [{ label: phrase(language, 'payments:list.title'), address: '/staff/payments' }],
    sub: says('sent', { name: batch.asker.name, at: moment(reader, batch.askedAt).text }),
    reason: batch.reason,
    address: `/staff/payment-batches/${batch.id}`,
    unfinished: batch.doneAt === null,
    counts: counted
      .filter(({ count }) => count > 0)
      .map(({ state, count }) => `${says(`state.${batch.act}.${state}`)}: ${count}`),
    rows: items.map((item) => ({
      number: item.invoice.number,
      address: `/staff/payments/${item.invoice.number}`,
      customer: item.invoice.customer.name,
      pill: { ...pill(language, 'batchItem', item.state), text: says(`state.${batch.act}.${item.state}`) },
      why: whyOf(reader, item),
    })),
  };
}

function whyOf({ language }: Reader, { state, why }: CollectionBatchItem): string {
  if (state === 'declined') return phrase(language, `payments:because.${declineWords(why, null)}`);
  if (!why) return '';
  const key = why === 'fromCredit' ? 'payments:desk.fromCredit.text' : `payments:desk.barred.${why}`;
  return hasPhrase(language, key) ? phrase(language, key, { minutes: SOONEST_MINUTES, days: LATEST_DAYS }) : why;
}
