import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type PowerCircumstances, powerRefusal } from './power-refusal.js';

const refusals = suite('[SVC-04] when a power command may not be given');

const customers: PowerCircumstances = {
  command: 'cycle',
  askedBy: 'customer',
  service: { status: 'active', isSuspended: false },
  machine: 'in_service',
  isManaged: true,
  isInstalling: false,
};
const staffs: PowerCircumstances = { ...customers, askedBy: 'staff', service: undefined, machine: 'ready' };
const suspended = { status: 'active', isSuspended: true } as const;

const cases: readonly [string, PowerCircumstances, string | undefined][] = [
  ['a customer’s running machine', customers, undefined],
  ['a service not handed over', { ...customers, service: { status: 'preparing', isSuspended: false } }, 'not_active'],
  ['a service that has ended', { ...customers, service: { status: 'ended', isSuspended: false } }, 'not_active'],
  ['a machine that is the customer’s no more', { ...customers, service: undefined }, 'not_active'],
  ['a suspended service', { ...customers, service: suspended }, 'suspended'],
  ['switching on a suspended service', { ...customers, command: 'on', service: suspended }, 'suspended'],
  ['looking at a suspended service', { ...customers, command: 'state', service: suspended }, undefined],
  ['a suspended service, by staff', { ...staffs, service: suspended, machine: 'suspended' }, undefined],
  ['a machine being installed anew', { ...customers, isInstalling: true }, 'being_prepared'],
  ['looking at a machine being installed anew', { ...customers, command: 'state', isInstalling: true }, undefined],
  ['a machine in stock', staffs, undefined],
  ['a machine in quarantine', { ...staffs, machine: 'quarantined' }, undefined],
  ['a machine set aside', { ...staffs, machine: 'failed_provisioning' }, undefined],
  ['a machine being built for an order', { ...staffs, machine: 'provisioning' }, 'being_prepared'],
  ['a machine about to be built', { ...staffs, machine: 'leased' }, 'being_prepared'],
  ['a machine being wiped', { ...staffs, machine: 'wiping' }, 'being_prepared'],
  ['a machine being tested', { ...staffs, machine: 'testing' }, 'being_prepared'],
  ['looking at a machine without a service processor', { ...staffs, command: 'state', isManaged: false }, 'unmanaged'],
  ['looking at a machine being wiped', { ...staffs, command: 'state', machine: 'wiping' }, undefined],
];
for (const [name, known, refusal] of cases) {
  refusals(`${name}: ${refusal ?? 'it may'}`, () => assert.is(powerRefusal(known), refusal));
}

refusals.run();
