import { Model, type QueryBuilder, type Transaction } from 'objection';
import { type Block, overlaps, spanOf, within } from '../../rules/network/blocks.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { AddressAssignment } from './address-assignment.js';
import { Prefix } from './prefix.js';

/** Why nothing was reserved. */
export type ReservationRefusal = 'outside' | 'gateway' | 'tooSmall' | 'assigned' | 'reserved';

/** Addresses that staff hold back, with the reason. Ended, never deleted. */
export class AddressReservation extends Model {
  static override tableName = 'address_reservations';

  declare id: string;
  declare prefixId: string;
  declare block: string;
  declare justification: string;
  declare reservedBy: string;
  declare during: string;

  static override modifiers = {
    standing: (query: QueryBuilder<AddressReservation>) => query.whereRaw('upper_inf(address_reservations.during)'),
  };

  /** Holds a block of a prefix back, unless somebody has it; of an order and staff who want it at once one is first. */
  static async reserve(
    prefixId: string,
    { block, justification }: { block: Block; justification: string },
    act: StaffAct,
  ): Promise<'reserved' | { refused: ReservationRefusal }> {
    return AddressReservation.transaction(async (trx) => {
      const prefix = await Prefix.query(trx).findById(prefixId).forUpdate().throwIfNotFound();
      const refused = refusalOf(prefix, block) ?? (await heldBy(block, trx));
      if (refused) return { refused };
      await AddressReservation.holdBack(prefix.id, block, justification, act, trx);
      const about = { subjectType: 'prefix', subjectId: prefix.block, action: 'address.reserved' };
      await recordAct(act, { ...about, after: { block: block.text, justification } }, trx);
      return 'reserved';
    });
  }

  /** The row alone, for a caller that has seen to all else. */
  static async holdBack(
    prefixId: string,
    { cidr }: Block,
    justification: string,
    { staff, at }: StaffAct,
    trx: Transaction,
  ): Promise<void> {
    const during = AddressReservation.raw('tstzrange(?, NULL)', [at]) as unknown as string;
    await AddressReservation.query(trx).insert({ prefixId, block: cidr, justification, reservedBy: staff.id, during });
  }

  /** May be given out again from now on; one that was ended already stays as it is. Throws where there is none. */
  static async end(prefixId: string, id: string, act: StaffAct): Promise<void> {
    await AddressReservation.transaction(async (trx) => {
      const found = AddressReservation.query(trx).findById(id).where({ prefixId });
      const row = await found.forUpdate().throwIfNotFound();
      const during = AddressReservation.raw('tstzrange(lower(during), greatest(lower(during), ?))', [act.at]);
      const ended = row.$query(trx).modify('standing');
      if ((await ended.patch({ during: during as unknown as string })) === 0) return;
      const { block } = await Prefix.query(trx).findById(prefixId).throwIfNotFound();
      const about = { subjectType: 'prefix', subjectId: block, action: 'address.released' };
      await recordAct(act, { ...about, before: { block: row.block, justification: row.justification } }, trx);
    });
  }
}

/** What cannot be reserved of a prefix whoever has it. */
function refusalOf(prefix: Prefix, block: Block): ReservationRefusal | undefined {
  if (!within(block, spanOf(prefix.block)) || block.family !== (prefix.purpose === 'ipv6' ? 6 : 4)) return 'outside';
  if (prefix.gateway && overlaps(block, spanOf(prefix.gateway))) return 'gateway';
  return prefix.purpose === 'ipv6' && block.length > 64 ? 'tooSmall' : undefined;
}

async function heldBy({ cidr }: Block, trx: Transaction): Promise<ReservationRefusal | undefined> {
  const overlapping = ['block && CAST(? AS inet) AND upper_inf(during)', [cidr]] as const;
  if (
    await AddressAssignment.query(trx)
      .whereRaw(...overlapping)
      .first()
  )
    return 'assigned';
  return (await AddressReservation.query(trx)
    .whereRaw(...overlapping)
    .first())
    ? 'reserved'
    : undefined;
}
