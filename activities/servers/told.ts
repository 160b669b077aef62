import type { Transaction } from 'objection';
import { TimelineEntry, type TimelineValue } from '../../models/timeline-entry.js';
import { askedAt } from '../durable/clock.js';

type Values = Readonly<Record<string, TimelineValue>>;

/** A sentence of the service's timeline, told once however often the activity is tried: each attempt has the same time. */
export async function tellService(
  serviceId: string,
  event: string,
  values: Values = {},
  trx?: Transaction,
): Promise<void> {
  const sentence = { subjectType: 'service', subjectId: serviceId, event, happenedAt: askedAt() } as const;
  if (await TimelineEntry.query(trx).findOne(sentence)) return;
  await TimelineEntry.tell({ ...sentence, values, actor: 'process' }, trx);
}
