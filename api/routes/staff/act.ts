import type { Response } from 'express';
import type { StaffAct } from '../../../models/accounts/staff-act.js';
import type { PathRequest } from '../../routing.js';

/** Who of the staff sent this, from where, for the audit trail. */
export function actOf({ ip }: PathRequest, { locals }: Response, at: Date): StaffAct {
  const { id, name } = locals.staff;
  return { staff: { id, name }, address: ip ?? '', at };
}
