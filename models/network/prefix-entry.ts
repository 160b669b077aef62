import type { PlannedPrefix, PrefixPurpose } from '../../rules/network/prefix-plan.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { refusingConstraint } from '../refused-by.js';
import { AddressReservation } from './address-reservation.js';
import { Prefix } from './prefix.js';
import { Vlan } from './vlan.js';

export interface PrefixEntry extends PlannedPrefix {
  readonly siteId: string;
  /** Of a shared prefix: where its single addresses live. */
  readonly vlanId: string | null;
  readonly purpose: PrefixPurpose;
  /** Why the reserved ones are never given out. */
  readonly justification: string;
}

export type PrefixRefusal = { readonly field: 'block' | 'vlan'; readonly problem: string; readonly about?: string };

/** Enters a prefix whole, with what of it is never given out; or says which one stands in its way. */
export async function addPrefix(entry: PrefixEntry, act: StaffAct): Promise<'added' | PrefixRefusal> {
  const { block, gateway, reserved, siteId, vlanId, purpose, justification } = entry;
  try {
    return await Prefix.transaction(async (trx) => {
      const other = await Prefix.query(trx).whereRaw('block && CAST(? AS inet)', [block.cidr]).first();
      if (other) return { field: 'block', problem: 'overlaps', about: other.block } as const;
      const vlan = vlanId ? await Vlan.query(trx).findById(vlanId) : undefined;
      if (vlanId && (!vlan || vlan.siteId !== siteId || vlan.purpose !== 'shared')) {
        return { field: 'vlan', problem: 'elsewhere' } as const;
      }
      const row = { siteId, vlanId, purpose, block: block.cidr, gateway };
      const { id } = await Prefix.query(trx).insert(row);
      for (const each of reserved) await AddressReservation.holdBack(id, each, justification, act, trx);
      const held = reserved.length > 0 ? { reserved: reserved.map(({ text }) => text).join(', '), justification } : {};
      const after = { block: block.cidr, purpose, gateway, vlan: vlan?.number ?? null, ...held };
      await recordAct(act, { action: 'prefix.added', subjectType: 'prefix', subjectId: block.cidr, after }, trx);
      return 'added';
    });
  } catch (error) {
    if (refusingConstraint(error) !== 'prefixes_apart') throw error;
    return { field: 'block', problem: 'overlaps', about: block.cidr };
  }
}
