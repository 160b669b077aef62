import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { Model, type Transaction } from 'objection';
import { isRefittable } from '../../rules/servers/server-status.js';
import { changedValues, recordAct, type StaffAct } from '../accounts/staff-act.js';
import { refusingConstraint } from '../refused-by.js';
import { Bmc } from './bmc.js';
import { Server } from './server.js';
import { type EntryProblem, type ServerEntry, serverConflicts } from './server-conflicts.js';
import { isHeld } from './server-state.js';

export type Saved = 'saved' | { readonly wrong: readonly EntryProblem[] };

/** A machine by hand: it begins as new, and is not sold before its test. */
export function addServer(label: string, entry: ServerEntry, act: StaffAct): Promise<Saved> {
  return unlessRefused(() =>
    Server.transaction(async (trx) => {
      const wrong = await serverConflicts({ ...entry, label }, undefined, trx);
      if (wrong.length > 0) return { wrong };
      const state = { label, status: 'new', statusSince: act.at } as const;
      const { id } = await Server.query(trx).insert({ ...rowOf(entry), ...state });
      await write(id, entry, trx);
      const after = { label, ...(await valuesOf(id, trx)) };
      await recordAct(act, { action: 'server.added', subjectType: 'server', subjectId: label, after }, trx);
      return 'saved';
    }),
  );
}

/**
 * What it is built of, and its cable, stay while somebody has it; all else may be put right at any time. `seen`: the record's
 * mark when the form was opened, so that nobody writes over what somebody else has put right since.
 */
export function changeServer(label: string, entry: ServerEntry, act: StaffAct, seen?: string): Promise<Saved> {
  return unlessRefused(() =>
    Server.transaction(async (trx) => {
      const { id, status } = await Server.query(trx).findOne({ label }).forUpdate().throwIfNotFound();
      const was = await valuesOf(id, trx);
      if (seen && seen !== markOf(was)) return { wrong: [{ field: 'form', problem: 'changed' }] };
      const wrong = await serverConflicts(entry, id, trx);
      // Or whoever points it at a machine of their own would be told a password that nobody is shown.
      if (!entry.bmc.passwordSealed && entry.bmc.address !== was.bmcAddress)
        wrong.push({ field: 'bmcPassword', problem: 'moved' });
      if (wrong.length > 0) return { wrong };
      await Server.query(trx).findById(id).patch(rowOf(entry));
      await write(id, entry, trx);
      const is = { ...(await valuesOf(id, trx)), ...(entry.bmc.passwordSealed && { bmcPassword: 'replaced' }) };
      const changed = changedValues(was, is);
      if (!changed) return 'saved';
      const touched = ['product', 'built', 'port'].filter((field) => field in changed.after);
      if (touched.length > 0 && (!isRefittable(status) || (await isHeld(id, act.at, trx)))) {
        throw new Refused(touched.map((field) => ({ field, problem: 'held' })));
      }
      await recordAct(act, { action: 'server.changed', subjectType: 'server', subjectId: label, ...changed }, trx);
      return 'saved';
    }),
  );
}

/** Tells a machine's record from what it is after any change of it. */
export async function serverMark({ id }: Pick<Server, 'id'>): Promise<string> {
  return markOf(await valuesOf(id, Model.knex()));
}

function markOf(values: Record<string, unknown>): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

/** Rolls back what was written so far. */
class Refused extends Error {
  constructor(readonly wrong: readonly EntryProblem[]) {
    super('refused');
  }
}

const constraints: Readonly<Record<string, EntryProblem>> = {
  servers_label_unique: { field: 'label', problem: 'taken' },
  servers_serial_unique: { field: 'serial', problem: 'taken' },
  servers_mac_unique: { field: 'mac', problem: 'taken' },
  servers_switch_port_id_unique: { field: 'port', problem: 'taken' },
  servers_apart_in_rack: { field: 'unit', problem: 'taken' },
  bmcs_address_unique: { field: 'bmcAddress', problem: 'taken' },
};

/** What somebody else wrote between our look and our write is told like any other conflict. */
async function unlessRefused(work: () => Promise<Saved>): Promise<Saved> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return { wrong: error.wrong };
    const problem = constraints[refusingConstraint(error) ?? ''];
    if (!problem) throw error;
    return { wrong: [problem] };
  }
}

function rowOf({ productId, serial, mac, rackId, unit, height, portId }: ServerEntry) {
  return { productId, serial, mac, rackId, unit, height, switchPortId: portId };
}

async function write(serverId: string, { choiceIds, bmc }: ServerEntry, trx: Transaction): Promise<void> {
  const choices = Model.knex()('server_choices').transacting(trx);
  await choices.clone().delete().where({ serverId });
  if (choiceIds.length > 0) await choices.clone().insert(choiceIds.map((choiceId) => ({ serverId, choiceId })));
  const { passwordSealed, ...access } = bmc;
  const secret = passwordSealed ? { passwordSealed } : {};
  const changed = await Bmc.query(trx)
    .where({ serverId })
    .patch({ ...access, ...secret });
  if (changed === 0) await Bmc.query(trx).insert({ serverId, ...access, ...secret });
}

/** As people read it in the audit trail; no secret is among it. */
async function valuesOf(serverId: string, trx: Knex): Promise<Record<string, unknown>> {
  const { rows } = await trx.raw(
    `SELECT p.name AS product, s.serial, s.mac::text, t.code || ' ' || r.name AS rack, s.unit, s.height,
            w.name || ' ' || o.name AS port, b.driver, b.address AS "bmcAddress", b.username AS "bmcUser",
            b.cipher_suite AS "cipherSuite",
            (SELECT string_agg(n.key || ' ' || c.key, ', ' ORDER BY n.position) FROM server_choices h
               JOIN option_choices c ON c.id = h.choice_id JOIN product_options n ON n.id = c.option_id
               WHERE h.server_id = s.id) AS built
     FROM servers s JOIN products p ON p.id = s.product_id JOIN racks r ON r.id = s.rack_id
     JOIN sites t ON t.id = r.site_id JOIN switch_ports o ON o.id = s.switch_port_id JOIN switches w ON w.id = o.switch_id
     LEFT JOIN bmcs b ON b.server_id = s.id WHERE s.id = ?`,
    [serverId],
  );
  return rows[0];
}
