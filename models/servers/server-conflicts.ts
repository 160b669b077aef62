import type { Transaction } from 'objection';
import type { Bmc } from './bmc.js';

/** A machine as staff enter it. */
export interface ServerEntry {
  readonly productId: string;
  /** One of each option that is built into machines. */
  readonly choiceIds: readonly string[];
  readonly serial: string;
  readonly mac: string;
  readonly rackId: string;
  readonly unit: number;
  readonly height: number;
  readonly portId: string;
  readonly bmc: Pick<Bmc, 'driver' | 'address' | 'username' | 'cipherSuite'> & {
    /** Nothing: the one that is there stays. */
    readonly passwordSealed: Buffer | undefined;
  };
}

export interface EntryProblem {
  readonly field: string;
  /** `wrong`: there is no such thing; `taken` by another machine; `outside` the rack; `elsewhere`, at another site; `held` by somebody; `moved` to where a kept secret does not go along; `changed` by somebody else since; too `long`. */
  readonly problem: string;
}

/** What stands in the way of an entry, all at once; the database itself refuses what slips through. */
export async function serverConflicts(
  entry: ServerEntry & { readonly label?: string },
  ownId: string | undefined,
  trx: Transaction,
): Promise<EntryProblem[]> {
  const { label, serial, mac, rackId, unit, height, portId, bmc } = entry;
  const { rows } = await trx.raw(
    `SELECT EXISTS (SELECT FROM servers WHERE label = :label) AS label,
            EXISTS (SELECT FROM servers WHERE serial = :serial AND id <> :own) AS serial,
            EXISTS (SELECT FROM servers WHERE mac = CAST(:mac AS macaddr) AND id <> :own) AS mac,
            EXISTS (SELECT FROM servers WHERE switch_port_id = :portId AND id <> :own) AS port,
            EXISTS (SELECT FROM bmcs WHERE address = :address AND server_id <> :own) AS "bmcAddress",
            (SELECT s.label FROM servers s WHERE s.rack_id = :rackId AND s.id <> :own
               AND int4range(s.unit, s.unit + s.height) && int4range(:unit, CAST(:unit AS integer) + :height) LIMIT 1) IS NOT NULL AS unit,
            NOT EXISTS (SELECT FROM racks WHERE id = :rackId) AS nowhere,
            NOT EXISTS (SELECT FROM switch_ports WHERE id = :portId) AS unplugged,
            (SELECT units FROM racks WHERE id = :rackId) < CAST(:unit AS integer) + :height - 1 AS outside,
            (SELECT r.site_id <> w.site_id FROM racks r, switch_ports o JOIN switches w ON w.id = o.switch_id
               WHERE r.id = :rackId AND o.id = :portId) AS elsewhere`,
    {
      ...{ label: label ?? '', serial, mac, rackId, unit, height, portId, address: bmc.address },
      own: ownId ?? '00000000-0000-0000-0000-000000000000',
    },
  );
  const [{ nowhere, unplugged, outside, elsewhere, ...taken }] = rows;
  const fields = ['label', 'serial', 'mac', 'unit', 'port', 'bmcAddress'];
  return [
    ...fields.filter((field) => taken[field]).map((field) => ({ field, problem: 'taken' })),
    ...(nowhere ? [{ field: 'rack', problem: 'wrong' }] : []),
    ...(unplugged ? [{ field: 'port', problem: 'wrong' }] : []),
    ...(outside ? [{ field: 'unit', problem: 'outside' }] : []),
    ...(elsewhere && !taken.port ? [{ field: 'port', problem: 'elsewhere' }] : []),
  ];
}
