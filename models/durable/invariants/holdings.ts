import type { Invariant } from './invariant.js';

/** The database refuses it too; a constraint can be dropped, and a file be damaged. */
const heldTwice = (table: string, thing: string, same = '=') => `
  SELECT '${table}' AS what, a.${thing}::text AS thing, a.service_id AS one, b.service_id AS other
  FROM ${table} a JOIN ${table} b ON a.id < b.id AND a.${thing} ${same} b.${thing} AND a.during && b.during`;

const heldOnce = [
  heldTwice('server_leases', 'server_id'),
  heldTwice('port_assignments', 'switch_port_id'),
  heldTwice('address_assignments', 'block', '&&'),
];

export const ofHoldings: readonly Invariant[] = [
  {
    id: 'I6',
    name: 'nothingIsHeldTwice',
    sql: heldOnce.join(' UNION ALL '),
  },
  {
    id: 'I6',
    name: 'nothingIsHeldForNothing',
    sql: `SELECT s.slug, s.status, held.what FROM services s JOIN (
            SELECT service_id, 'server' AS what FROM server_leases WHERE upper_inf(during)
            UNION ALL SELECT service_id, 'address' FROM address_assignments WHERE upper_inf(during)
            UNION ALL SELECT service_id, 'switch port' FROM port_assignments WHERE upper_inf(during)) AS held ON held.service_id = s.id
          WHERE s.status IN ('abandoned', 'ended')`,
  },
  {
    id: 'I6',
    name: 'machinesInServiceHaveAService',
    sql: `SELECT s.slug, s.status, m.label, m.status AS machine FROM server_leases l
          JOIN services s ON s.id = l.service_id JOIN servers m ON m.id = l.server_id
          WHERE upper_inf(l.during) AND (s.status = 'active') <> (m.status IN ('in_service', 'suspended', 'releasing'))
          UNION ALL SELECT s.slug, s.status, NULL, NULL FROM services s
          WHERE s.status = 'active' AND NOT EXISTS (SELECT FROM server_leases l WHERE l.service_id = s.id AND upper_inf(l.during))
          UNION ALL SELECT NULL, NULL, m.label, m.status FROM servers m
          WHERE m.status IN ('leased', 'in_service', 'suspended', 'releasing')
            AND NOT EXISTS (SELECT FROM server_leases l WHERE l.server_id = m.id AND upper_inf(l.during))`,
  },
];
