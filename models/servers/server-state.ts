import type { Transaction } from 'objection';
import { type ServerStatus, staffMovesFrom } from '../../rules/servers/server-status.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { Server } from './server.js';
import { ServerLease } from './server-lease.js';

export interface ServerMove {
  /** What the page showed when it was decided. */
  readonly from: ServerStatus;
  readonly to: ServerStatus;
  readonly reason: string;
}

/** Why a machine was not moved: somebody was quicker, an order holds it, or its state does not lead there. */
export type MoveRefusal = 'moved_on' | 'held' | 'not_from_here';

/** Moves a machine by hand, with its audit entry; or says why not. Of two who decide at once one is refused. */
export async function moveServer(
  label: string,
  { from, to, reason }: ServerMove,
  act: StaffAct,
): Promise<'moved' | MoveRefusal> {
  return Server.transaction(async (trx) => {
    const server = await Server.query(trx).findOne({ label }).forUpdate().throwIfNotFound();
    if (server.status !== from) return 'moved_on';
    const disksUsed = await disksWereUsed(server.id, trx);
    if (!staffMovesFrom(from, { disksUsed }).includes(to)) return 'not_from_here';
    if (await isHeld(server.id, act.at, trx)) return 'held';
    await Server.moveTo(server.id, to, act.at, reason, trx);
    const change = { before: { status: from }, after: { status: to, reason } };
    await recordAct(act, { action: 'server.moved', subjectType: 'server', subjectId: label, ...change }, trx);
    return 'moved';
  });
}

/**
 * Whether the disks may hold somebody's data: an installer once reported that it begins (it touches nothing before that
 * report is taken), or a service ran on the machine. Errs on the safe side: a wipe does not undo what once was.
 */
export async function disksWereUsed(serverId: string, trx?: Transaction): Promise<boolean> {
  const { rows } = await (trx ?? Server.knex()).raw(
    `SELECT EXISTS (SELECT FROM installations WHERE server_id = :serverId
                    AND (started_at IS NOT NULL OR status NOT IN ('waiting', 'abandoned')))
         OR EXISTS (SELECT FROM server_leases l JOIN services v ON v.id = l.service_id
                    WHERE l.server_id = :serverId AND v.active_at IS NOT NULL AND NOT isempty(l.during)
                      AND (upper_inf(l.during) OR upper(l.during) > v.active_at)) AS used`,
    { serverId },
  );
  return rows[0].used;
}

export async function isHeld(serverId: string, at: Date, trx: Transaction): Promise<boolean> {
  const lease = await ServerLease.query(trx)
    .findOne({ serverId })
    .whereRaw('(upper_inf(during) OR upper(during) > ?)', [at]);
  return lease !== undefined;
}
