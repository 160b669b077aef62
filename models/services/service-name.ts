import { AuditEntry } from '../accounts/audit-entry.js';
import type { User } from '../accounts/user.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Service } from './service.js';

interface Renaming {
  readonly name: string;
  readonly user: User;
  /** The network address they came from. */
  readonly from: string;
  readonly at: Date;
}

/** Another display name, with its sentence and audit entry; its address stays. The same name again changes nothing. */
export async function renameService(service: Service, { name, user, from, at }: Renaming): Promise<void> {
  if (name === service.name) return;
  const { id, slug, customerId, name: before } = service;
  await Service.transaction(async (trx) => {
    await service.$query(trx).patch({ name });
    const event = { event: 'service.renamed', values: { from: before, to: name, who: user.name } } as const;
    const by = { actor: 'customer', actorId: user.id, happenedAt: at } as const;
    await TimelineEntry.tell({ subjectType: 'service', subjectId: id, ...event, ...by }, trx);
    const actor = { actorKind: 'user', actorId: user.id, actorName: user.name, address: from } as const;
    const audited = { action: 'service.renamed', subjectType: 'service', subjectId: slug, customerId, happenedAt: at };
    await AuditEntry.record({ ...actor, ...audited, before: { name: before }, after: { name } }, trx);
  });
}
