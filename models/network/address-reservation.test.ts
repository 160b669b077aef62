import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Block, blockOf } from '../../rules/network/blocks.js';
import { type PlannedPrefix, planPrefix } from '../../rules/network/prefix-plan.js';
import { aCustomer, aService, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { thePlace } from '../../tests/support/inventory.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { StaffAct } from '../accounts/staff-act.js';
import type { Service } from '../services/service.js';
import { AddressAssignment } from './address-assignment.js';
import { AddressReservation } from './address-reservation.js';
import { Prefix } from './prefix.js';
import { addPrefix } from './prefix-entry.js';
import { holdingsFound } from './prefix-holdings.js';
import { prefixNamed } from './prefix-search.js';

const reserving = suite('[STF-03] reserving addresses, and giving them out');
const at = new Date('2027-03-11T12:00Z');
const days = (count: number) => new Date(at.getTime() + count * 86_400_000);
let database: { close: () => Promise<void> };
let act: StaffAct;
let siteId: string;
let vlanId: string;
let service: Service;

reserving.before(async () => {
  database = await openDatabase();
  const { id, name } = await aStaffMember({ name: 'Oksana Kovalenko' });
  act = { staff: { id, name }, address: '192.0.2.7', at };
  const { site, shared } = await thePlace();
  siteId = site.id;
  vlanId = shared.vlanId ?? '';
  service = await aService(await aCustomer());
});
reserving.after(async () => {
  await database.close();
});

function planned(block: string, reserved: string[] = []): PlannedPrefix {
  return planPrefix({ block, purpose: 'routed', gateway: '', reserved }) as PlannedPrefix;
}

/** A prefix of its own, in which nothing is held; only it is left to cut routed blocks from. */
async function aPrefix(block: string, reserved: string[] = []): Promise<Prefix> {
  await AddressAssignment.query().delete().where({ role: 'routed' });
  await AddressReservation.query().delete();
  await Prefix.query().delete().where({ purpose: 'routed' });
  const entry = {
    ...planned(block, reserved),
    siteId,
    vlanId: null,
    purpose: 'routed',
    justification: 'Routers',
  } as const;
  assert.is(await addPrefix(entry, act), 'added');
  return Prefix.query().findOne({ block }).throwIfNotFound();
}

const block = (text: string) => blockOf(text) as Block;
const justification = 'Anycast resolvers';
const take = (when = at, length = 29) =>
  AddressAssignment.transaction((trx) =>
    AddressAssignment.take({ serviceId: service.id, siteId, purpose: 'routed', length }, when, trx),
  );

reserving('what is reserved is never given out, until it is released', async () => {
  const { id } = await aPrefix('192.0.2.0/28');
  assert.is(await AddressReservation.reserve(id, { block: block('192.0.2.0/29'), justification }, act), 'reserved');
  assert.is((await take())?.block, '192.0.2.8/29');
  await AddressAssignment.release(service.id, days(1));
  assert.is(await take(days(2)), undefined);
  const [row] = await AddressReservation.query().modify('standing');
  await AddressReservation.end(id, row?.id ?? '', { ...act, at: days(2) });
  assert.is((await take(days(2)))?.block, '192.0.2.0/29');
});

reserving('what came back rests thirty days, and says so', async () => {
  await aPrefix('192.0.2.0/29');
  await take();
  await AddressAssignment.release(service.id, days(1));
  assert.is(await take(days(31)), undefined);
  const resting = await prefixNamed('192.0.2.0/29', days(31));
  assert.equal([resting?.assigned, resting?.resting], [0, 8]);
  assert.is((await take(days(32)))?.block, '192.0.2.0/29');
  const used = await prefixNamed('192.0.2.0/29', days(32));
  assert.equal([used?.assigned, used?.resting], [8, 0]);
});

reserving('what somebody has is not reserved, nor what is reserved already, nor what lies elsewhere', async () => {
  const { id } = await aPrefix('192.0.2.0/28');
  await take();
  const refused = async (text: string) => AddressReservation.reserve(id, { block: block(text), justification }, act);
  assert.equal(await refused('192.0.2.3'), { refused: 'assigned' });
  assert.equal(await refused('192.0.2.0/28'), { refused: 'assigned' });
  assert.is(await refused('192.0.2.9'), 'reserved');
  assert.equal(await refused('192.0.2.8/30'), { refused: 'reserved' });
  assert.equal(await refused('192.0.2.16'), { refused: 'outside' });
  assert.equal(await refused('2001:db8::/64'), { refused: 'outside' });
  const { shared } = await thePlace();
  const gateway = await AddressReservation.reserve(shared.id, { block: block('198.18.0.1'), justification }, act);
  assert.equal(gateway, { refused: 'gateway' });
});

reserving('of an order and staff who want the last block at once one is first, and it is nobody else’s', async () => {
  for (let tried = 0; tried < 5; tried++) {
    const { id } = await aPrefix('192.0.2.0/29');
    const wish = { block: block('192.0.2.4'), justification };
    const [taken, outcome] = await Promise.all([take(), AddressReservation.reserve(id, wish, act)]);
    assert.equal(outcome, taken ? { refused: 'assigned' } : 'reserved');
  }
});

reserving('a reservation is ended once, and both are in the audit trail with their reason', async () => {
  const { id } = await aPrefix('192.0.2.64/26');
  await AddressReservation.reserve(id, { block: block('192.0.2.65'), justification }, act);
  const [row] = await AddressReservation.query();
  const end = () => AddressReservation.end(id, row?.id ?? '', { ...act, at: days(1) });
  await Promise.all([end(), end()]);
  const entries = await AuditEntry.query().where({ subjectId: '192.0.2.64/26' }).whereLike('action', 'address.%');
  assert.equal(
    entries.map(({ action, before, after }) => [action, before ?? after]),
    [
      ['address.reserved', { block: '192.0.2.65', justification }],
      ['address.released', { block: '192.0.2.65', justification }],
    ],
  );
});

reserving('who held an address at a time always has an answer', async () => {
  await aPrefix('192.0.2.0/29');
  await take();
  await AddressAssignment.release(service.id, days(3));
  const asked = { prefixId: undefined, query: '192.0.2.4', filter: 'now' } as const;
  const heldAt = async (when: Date) =>
    (await holdingsFound({ ...asked, at: when, now: days(100) }, { offset: 0, limit: 9 })).map(
      ({ service: slug }) => slug,
    );
  assert.equal(await heldAt(days(2)), [service.slug]);
  assert.equal(await heldAt(days(4)), []);
  assert.equal(await heldAt(days(-1)), []);
});

reserving('a prefix that overlaps another is refused, also when two are entered at once', async () => {
  await aPrefix('192.0.2.0/25', ['192.0.2.0/30']);
  const entry = (text: string) =>
    ({ ...planned(text), siteId, vlanId: null, purpose: 'routed', justification: '' }) as const;
  assert.equal(await addPrefix(entry('192.0.2.0/24'), act), {
    field: 'block',
    problem: 'overlaps',
    about: '192.0.2.0/25',
  });
  const both = [addPrefix(entry('198.51.100.0/24'), act), addPrefix(entry('198.51.100.128/25'), act)];
  const outcomes = await Promise.all(both);
  assert.is(outcomes.filter((outcome) => outcome === 'added').length, 1);
  assert.is(outcomes.filter((outcome) => outcome !== 'added' && outcome.problem === 'overlaps').length, 1);
  const use = await prefixNamed('192.0.2.0/25', at);
  assert.equal([use?.assigned, use?.reserved, use?.resting], [0, 4, 0]);
});

reserving('a VLAN of another site is refused', async () => {
  const plan = planPrefix({ block: '100.64.0.0/24', purpose: 'shared', gateway: '100.64.0.1', reserved: [] });
  const entry = { ...(plan as PlannedPrefix), vlanId, purpose: 'shared', justification: '' } as const;
  const elsewhere = '00000000-0000-4000-8000-000000000000';
  assert.equal(await addPrefix({ ...entry, siteId: elsewhere }, act), { field: 'vlan', problem: 'elsewhere' });
});

reserving.run();
