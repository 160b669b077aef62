import type { Knex } from 'knex';
import type { PortStanding } from '../../rules/network/port-expectation.js';
import { SwitchDevice } from './switch-device.js';

/** A port as it stands in our rows. */
export interface StandingPort extends PortStanding {
  readonly switchId: string;
  readonly ifIndex: number;
  readonly name: string;
  readonly slug: string | null;
  /** The machine at its cable. */
  readonly label: string | null;
}

interface Row extends Omit<StandingPort, 'service'> {
  readonly status: NonNullable<PortStanding['service']>['status'] | null;
  readonly isSuspended: boolean;
  readonly vlan: number | null;
}

/** Every port that a machine is at, or that is assigned; one statement. */
export async function standingPorts(knex: Knex, switchIds?: readonly string[]): Promise<StandingPort[]> {
  const { rows } = await knex.raw<{ rows: Row[] }>(
    `SELECT p.switch_id AS "switchId", p.if_index AS "ifIndex", p.name, m.label, m.status AS machine,
            v.slug, v.status, v.suspended_at IS NOT NULL AS "isSuspended", n.number AS vlan
     FROM switch_ports p LEFT JOIN servers m ON m.switch_port_id = p.id
     LEFT JOIN port_assignments a ON a.switch_port_id = p.id AND upper_inf(a.during)
     LEFT JOIN services v ON v.id = a.service_id LEFT JOIN vlans n ON n.id = a.vlan_id
     WHERE (m.id IS NOT NULL OR a.id IS NOT NULL) AND (:all OR p.switch_id = ANY(:ids::uuid[]))
     ORDER BY p.switch_id, p.if_index`,
    { all: switchIds === undefined, ids: [...(switchIds ?? [])] },
  );
  return rows.map(({ status, isSuspended, vlan, machine, ...row }) => ({
    ...row,
    machine: machine ?? undefined,
    service: status && vlan !== null ? { status, isSuspended, vlan } : undefined,
  }));
}

/** The switches that these ports are on. */
export async function switchesOf(knex: Knex, ports: readonly StandingPort[]): Promise<SwitchDevice[]> {
  const ids = [...new Set(ports.map(({ switchId }) => switchId))];
  return SwitchDevice.query(knex).findByIds(ids).orderBy('name');
}
