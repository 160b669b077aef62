import { AuditEntry } from '../accounts/audit-entry.js';
import type { Texts } from '../catalogue/product-category.js';
import { Server } from './server.js';
import { disksWereUsed } from './server-state.js';

const HISTORY = 100;

/** Somebody held a machine, from when until when; nothing as its end while it has none. */
export interface Holding {
  readonly service: string;
  readonly serviceStatus: string;
  readonly hostName: string;
  readonly order: string | null;
  readonly customer: string;
  readonly number: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly addresses: readonly string[] | null;
  readonly vlan: number | null;
}

/** A machine with all that is known of it. */
export interface ServerRecord {
  readonly server: Server;
  readonly built: readonly { readonly option: Texts; readonly choice: Texts }[];
  /** Newest first. */
  readonly holdings: readonly Holding[];
  readonly story: readonly AuditEntry[];
  readonly disksUsed: boolean;
}

export async function serverRecord(label: string): Promise<ServerRecord> {
  const server = await Server.query()
    .findOne('servers.label', label)
    .withGraphJoined('[product, rack.site, bmc, switchPort.device]')
    .throwIfNotFound();
  const about = AuditEntry.query().where({ subjectType: 'server', subjectId: label }).modify('newestFirst');
  const [built, holdings, story, disksUsed] = await Promise.all([
    builtOf(server.id),
    holdingsOf(server.id),
    about.limit(HISTORY),
    disksWereUsed(server.id),
  ]);
  return { server, built, holdings, story, disksUsed };
}

async function builtOf(serverId: string): Promise<{ option: Texts; choice: Texts }[]> {
  const built = Server.knex().raw(
    `(SELECT n.name AS option, c.name AS choice, n.position FROM server_choices h
       JOIN option_choices c ON c.id = h.choice_id JOIN product_options n ON n.id = c.option_id
       WHERE h.server_id = ?) AS built`,
    [serverId],
  );
  return Server.knex().select<{ option: Texts; choice: Texts }[]>('option', 'choice').from(built).orderBy('position');
}

/** Addresses and VLAN are those that the service had at the end of its time on the machine, or has now. */
async function holdingsOf(serverId: string): Promise<Holding[]> {
  const held = Server.knex().raw(
    `(SELECT v.slug AS service, v.status AS service_status, v.host_name, o.number AS order, k.name AS customer, k.number,
             lower(l.during) AS "from", upper(l.during) AS until,
             (SELECT json_agg(host(a.block) || CASE WHEN masklen(a.block) IN (32, 128) THEN '' ELSE '/' || masklen(a.block) END
                     ORDER BY family(a.block), a.block) FROM address_assignments a
              WHERE a.service_id = v.id AND a.during && l.during
                AND (upper_inf(a.during) OR upper(a.during) >= upper(l.during))) AS addresses,
             (SELECT n.number FROM port_assignments p JOIN vlans n ON n.id = p.vlan_id
              WHERE p.service_id = v.id AND p.during && l.during ORDER BY p.during DESC LIMIT 1) AS vlan
      FROM server_leases l JOIN services v ON v.id = l.service_id JOIN customers k ON k.id = v.customer_id
      LEFT JOIN order_lines n ON n.id = v.order_line_id LEFT JOIN orders o ON o.id = n.order_id
      WHERE l.server_id = ? AND NOT isempty(l.during)) AS held`,
    [serverId],
  );
  return Server.knex().select<Holding[]>('*').from(held).orderBy('from', 'desc').limit(HISTORY);
}
