import { AuditEntry, type Deed } from './audit-entry.js';
import { Customer } from './customer.js';
import { Membership } from './membership.js';
import { SecondFactor } from './second-factor.js';
import { endSessionsOf } from './session-ends.js';

export type CustomerRules = Pick<Customer, 'demandsSecondFactor' | 'passwordLevel'>;

/** What everybody who acts for a customer is held to. Who lacks what is now demanded sets it up when they next come in. */
export function changeCustomerRules(customer: Customer, rules: CustomerRules, deed: Deed): Promise<void> {
  return Customer.transaction(async (trx) => {
    const { id: customerId, number, demandsSecondFactor, passwordLevel } = customer;
    const before = { demandsSecondFactor, passwordLevel };
    await Customer.query(trx).findById(customerId).patch(rules);
    const subject = { subjectType: 'customer', subjectId: number, customerId };
    await AuditEntry.record({ ...deed, ...subject, action: 'account_rules.changed', before, after: rules }, trx);
    if (demandsSecondFactor || !rules.demandsSecondFactor) return;
    const secured = SecondFactor.query(trx).modify('confirmed').whereNotNull('userId').select('userId');
    for (const { userId } of await Membership.query(trx).where({ customerId }).whereNotIn('userId', secured))
      await endSessionsOf({ kind: 'user', id: userId }, deed.happenedAt, trx);
  });
}
