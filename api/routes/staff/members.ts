import type { Response } from 'express';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { StaffMember } from '../../../models/accounts/staff-member.js';
import { presentMembers } from '../../presenters/staff/members.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Who works here, with which role, and how they come in. A shop's staff fits one page. */
export function memberRoutes(): RouteDeclaration[] {
  async function list(_request: PathRequest, response: Response): Promise<void> {
    const [members, factors] = await Promise.all([
      StaffMember.query().orderBy('name'),
      SecondFactor.query().modify('confirmed').whereNotNull('staffMemberId'),
    ]);
    const secured = new Set(factors.map(({ staffMemberId }) => staffMemberId));
    response.render('staff/members', presentMembers(response.locals.reader, { members, secured }));
  }

  return [{ method: 'get', path: '/staff/members', right: { staff: 'members:see' }, handle: list }];
}
