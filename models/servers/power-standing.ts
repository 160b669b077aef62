import type { Knex } from 'knex';
import type { PowerStanding } from '../../rules/servers/power-expectation.js';
import type { SealedBmc } from './bmc.js';

/** A machine as it stands in our rows, and how its service processor is asked. */
export interface StandingMachine extends PowerStanding {
  readonly id: string;
  readonly label: string;
  readonly serial: string;
  /** The service that holds it. */
  readonly slug: string | null;
  readonly bmc: SealedBmc;
}

interface Row extends Omit<StandingMachine, 'service' | 'last'> {
  readonly serviceStatus: NonNullable<PowerStanding['service']>['status'] | null;
  readonly isSuspended: boolean | null;
  readonly lastCommand: NonNullable<PowerStanding['last']>['command'] | null;
  readonly lastStatus: NonNullable<PowerStanding['last']>['status'] | null;
}

/** Every machine that has a service processor, or those of these ids; one statement. */
export async function standingMachines(knex: Knex, at: Date, ids?: readonly string[]): Promise<StandingMachine[]> {
  const { rows } = await knex.raw<{ rows: Row[] }>(
    `SELECT m.id, m.label, m.serial, m.status AS machine, v.slug, v.status AS "serviceStatus",
            v.suspended_at IS NOT NULL AS "isSuspended", c.command AS "lastCommand", c.status AS "lastStatus",
            EXISTS (SELECT FROM installations i WHERE i.server_id = m.id
                    AND i.status IN ('waiting', 'started', 'installed')) AS "isInstalling",
            json_build_object('id', b.id, 'driver', b.driver, 'address', b.address, 'username', b.username,
              'passwordSealed', encode(b.password_sealed, 'base64'), 'cipherSuite', b.cipher_suite) AS bmc
     FROM servers m JOIN bmcs b ON b.server_id = m.id
     LEFT JOIN server_leases l ON l.server_id = m.id AND l.during @> :at::timestamptz
     LEFT JOIN services v ON v.id = l.service_id
     LEFT JOIN LATERAL (
       SELECT p.command, p.status FROM power_commands p
       WHERE p.server_id = m.id AND p.command <> 'state' AND p.asked_at >= m.status_since
         AND (p.status IN ('requested', 'running', 'done') OR p.pushed_at IS NOT NULL)
       ORDER BY p.asked_at DESC LIMIT 1) AS c ON true
     WHERE :all OR m.id = ANY(:ids::uuid[]) ORDER BY m.label`,
    { at, all: ids === undefined, ids: [...(ids ?? [])] },
  );
  return rows.map(({ serviceStatus, isSuspended, lastCommand, lastStatus, bmc, ...row }) => ({
    ...row,
    bmc: { ...bmc, passwordSealed: Buffer.from(String(bmc.passwordSealed), 'base64') },
    service: serviceStatus ? { status: serviceStatus, isSuspended: isSuspended === true } : undefined,
    last: lastCommand && lastStatus ? { command: lastCommand, status: lastStatus } : undefined,
  }));
}
