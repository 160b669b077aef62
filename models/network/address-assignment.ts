import { Model, type QueryBuilder, type Transaction } from 'objection';
import { restedBefore } from '../../rules/network/quarantine.js';
import { firstFreeBlock } from '../../rules/network/subnets.js';
import { Prefix } from './prefix.js';

export interface WantedBlock {
  readonly serviceId: string;
  readonly siteId: string;
  readonly purpose: Prefix['purpose'];
  readonly length: number;
  readonly justification?: string | null;
}

const roles = { shared: 'primary', routed: 'routed', ipv6: 'ipv6' } as const;

/** Addresses held by a service. Ended, never deleted: who held an address at a given time must always be known. */
export class AddressAssignment extends Model {
  static override tableName = 'address_assignments';

  declare id: string;
  declare prefixId: string;
  declare serviceId: string;
  declare block: string;
  declare role: 'primary' | 'routed' | 'ipv6';
  declare justification: string | null;
  declare during: string;
  declare prefix: Prefix;

  static override relationMappings = () => ({
    prefix: {
      relation: Model.BelongsToOneRelation,
      modelClass: Prefix,
      join: { from: 'address_assignments.prefixId', to: 'prefixes.id' },
    },
  });

  static override modifiers = {
    heldBy: (query: QueryBuilder<AddressAssignment>, serviceId: string) =>
      query.where({ serviceId }).whereRaw('upper_inf(address_assignments.during)').orderByRaw('family(block), block'),
  };

  /** The first free block of that size; one the service already holds is the answer. Nothing where all are full. */
  static async take(wanted: WantedBlock, at: Date, trx: Transaction): Promise<AddressAssignment | undefined> {
    const role = roles[wanted.purpose];
    const held = await AddressAssignment.query(trx).modify('heldBy', wanted.serviceId).findOne({ role });
    if (held) return held;
    const prefixes = await Prefix.query(trx).modify('at', wanted.siteId, wanted.purpose).forUpdate();
    for (const prefix of prefixes) {
      const block = firstFreeBlock({
        prefix: prefix.block,
        length: wanted.length,
        taken: await takenIn(prefix, at, trx),
      });
      if (!block) continue;
      const { serviceId, justification = null } = wanted;
      const during = AddressAssignment.raw('tstzrange(?, NULL)', [at]) as unknown as string;
      const taken = { prefixId: prefix.id, serviceId, block, role, justification, during };
      return AddressAssignment.query(trx).insertAndFetch(taken);
    }
    return undefined;
  }

  static async release(serviceId: string, at: Date, trx?: Transaction): Promise<void> {
    const during = AddressAssignment.raw('tstzrange(lower(during), greatest(lower(during), ?))', [
      at,
    ]) as unknown as string;
    await AddressAssignment.query(trx).where({ serviceId }).whereRaw('upper_inf(during)').patch({ during });
  }
}

/** In use, held back by staff, or given back less than a quarantine ago; a prefix's own gateway is never given out. */
async function takenIn({ id, gateway }: Prefix, at: Date, trx: Transaction): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { block: string }[] }>(
    `SELECT text(block) AS block FROM address_assignments WHERE prefix_id = :id AND NOT isempty(during)
       AND (upper_inf(during) OR upper(during) > :rested)
     UNION ALL SELECT text(block) FROM address_reservations WHERE prefix_id = :id AND upper_inf(during)`,
    { id, rested: restedBefore(at) },
  );
  return [...rows.map(({ block }) => block), ...(gateway ? [gateway] : [])];
}
