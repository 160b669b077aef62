import { AuditEntry } from '../accounts/audit-entry.js';
import type { User } from '../accounts/user.js';
import type { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { RootPassword } from './root-password.js';

/** Whoever looks: a signed-in user, or whoever holds the link that was sent. */
export interface Looker {
  readonly user?: User | undefined;
  /** The network address they look from. */
  readonly address: string;
}

/** The sealed root password, taken out of its row for good, with its sentence and its audit entry; or nothing any more. */
export async function showLoginData(
  { id, slug, customerId }: Service,
  { user, address }: Looker,
  at: Date,
): Promise<Buffer | undefined> {
  return RootPassword.transaction(async (trx) => {
    const sealed = await RootPassword.takeOut(id, user?.id ?? null, at, trx);
    if (!sealed) return undefined;
    const actor = user
      ? ({ actorKind: 'user', actorId: user.id, actorName: user.name } as const)
      : ({ actorKind: 'guest', actorName: address } as const);
    const about = { action: 'login_data.shown', subjectType: 'service', subjectId: slug, customerId, address };
    await AuditEntry.record({ ...actor, ...about, happenedAt: at }, trx);
    const told = { subjectType: 'service', subjectId: id, event: 'server.login_data_shown', happenedAt: at } as const;
    await TimelineEntry.tell({ ...told, values: { from: address }, actor: 'customer', actorId: user?.id ?? null }, trx);
    return sealed;
  });
}
