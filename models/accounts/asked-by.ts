import type { Transaction } from 'objection';
import type { AskedBy } from '../../workflows/messages/desk.js';
import type { StaffAct } from './staff-act.js';
import { StaffMember } from './staff-member.js';

/** What a process does at the wish of somebody of the staff, as an act of theirs. */
export async function actOfAsker({ staffId, address }: AskedBy, at: Date, trx: Transaction): Promise<StaffAct> {
  const staff = await StaffMember.query(trx).findById(staffId).throwIfNotFound();
  return { staff, address, at };
}
