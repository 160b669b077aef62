import type { Request } from 'express';
import type { Deed } from '../models/accounts/audit-entry.js';
import type { Person } from '../models/accounts/person.js';

/** What a person does by this request, as the trail keeps it. */
export function deedOf({ kind, id, name }: Person, { ip = '' }: Pick<Request, 'ip'>, happenedAt: Date): Deed {
  return { actorKind: kind, actorId: id, actorName: name, address: ip, happenedAt };
}
