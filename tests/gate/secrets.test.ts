import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StaffMember } from '../../models/accounts/staff-member.js';
import { User } from '../../models/accounts/user.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { Bmc } from '../../models/servers/bmc.js';
import { RootPassword } from '../../models/servers/root-password.js';
import { testApp, testDeps } from '../support/app.js';
import { aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { sealer, secret, withSecondFactor } from '../support/second-factor.js';
import { password, signedInVisitor } from '../support/signed-in.js';
import { type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { formOf } from './forms.js';
import { everythingOf, type Holding, now, rootPasswordOf } from './holding.js';
import { everyRow } from './rows.js';

const gate = suite('[IAM-01] secrets');
const logged: string[] = [];
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;
let people: { customer: Visitor; staff: Visitor };
let secrets: Readonly<Record<string, string>>;

gate.before(async () => {
  database = await openDatabase();
  own = await everythingOf('zqs-own');
  await Bmc.query().patch({ passwordSealed: sealer.seal('Bmc-zqs-4711') });
  await SwitchDevice.query().patch({ communitySealed: sealer.seal('Snmp-zqs-4712') });
  await withSecondFactor(own.user);
  const logError = (_reference: string, error: unknown) =>
    logged.push(`${(error as Error).stack} ${JSON.stringify(error)}`);
  guest = await visit(testApp({ now: () => now, logError }));
  people = { customer: await signedIn(own.user), staff: await session(own.staff) };
  secrets = await everySecret();
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

/** Without the second step, which is set up again once they are in. */
async function signedIn(user: User): Promise<Visitor> {
  const { knex } = testDeps();
  await knex('second_factors').where({ userId: user.id }).delete();
  const visitor = await session(user);
  await withSecondFactor(user);
  return visitor;
}

/** All that the shop keeps and nobody may read, as it was and as it is kept. */
async function everySecret(): Promise<Record<string, string>> {
  const { sessionKey, linkKey } = testDeps();
  const user = await User.query().findById(own.user.id).throwIfNotFound();
  const staff = await StaffMember.query().findById(own.staff.id).throwIfNotFound();
  const root = await RootPassword.query().findById(own.service.id).throwIfNotFound();
  const kept = { 'hash of a password': user.passwordHash, 'hash of staff': staff.passwordHash };
  const keys = {
    'key of sessions': sessionKey,
    'key of links': linkKey,
    'hash of a link': root.linkHash.toString('hex'),
  };
  const devices = { 'password of a BMC': 'Bmc-zqs-4711', 'community of a switch': 'Snmp-zqs-4712' };
  const provider = { 'id of a card': `pm_${own.mark}`, 'key of the card provider': 'sk_test_nobody' };
  const typed = { 'password of a person': password, 'secret of a telephone': secret };
  return { ...kept, ...keys, ...devices, ...provider, ...typed, 'root password': rootPasswordOf(own.mark) };
}

function toldIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [name] : []));
}

gate('stand on no page, in no file and in no redirect, for customers and for staff', async () => {
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter((each) => !changes(each))) {
    if (/\.(png|jpeg|svg|pdf)$/.test(route.path)) continue;
    const { body, location } = await (isStaffs(route) ? people.staff : people.customer).get(addressOf(route, own));
    wrong.push(...toldIn(body + location).map((what) => `${nameOf(route)}: ${what}`));
  }
  assert.equal(wrong, []);
});

/** Shown to the one who may see it; that page is the only one. */
const shows = ['POST /servers/:slug/login-data'];

gate(
  'come back with no form that was sent, refused or taken, and stand in no trail, task, letter or process',
  async () => {
    const wrong: string[] = [];
    for (const route of routesOfPeople().filter(changes)) {
      if (/sign-out/.test(route.path)) continue;
      const form = {
        ...formOf(route, own),
        password,
        current: password,
        code: '12',
        bmcPassword: 'Bmc-zqs-4711',
        community: 'Snmp-zqs-4712',
      };
      const { body, location } = await (isStaffs(route) ? people.staff : people.customer).post(
        addressOf(route, own),
        form,
      );
      const told = shows.includes(nameOf(route)) ? [] : toldIn(body + location);
      wrong.push(...told.map((what) => `${nameOf(route)}: ${what}`));
    }
    const sealed = ['users', 'staff_members', 'root_passwords', 'payment_methods'];
    for (const { table, row } of await everyRow()) {
      if (sealed.includes(table)) continue;
      wrong.push(...toldIn(JSON.stringify(row)).map((what) => `${table}: ${what}`));
    }
    assert.equal(wrong, []);
  },
);

gate('stand in no error that is logged', async () => {
  assert.equal(logged.flatMap(toldIn), []);
});

/** What a recorded process was told and what it told, as text. */
function payloadsIn(history: string): string[] {
  return [...history.matchAll(/"data": ?"([\w+/=]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );
}

const histories = 'tests/histories';
gate('are told to no process: recorded histories know things by id', () => {
  const wrong: string[] = [];
  let read = 0;
  for (const file of readdirSync(histories).filter((each) => each.endsWith('.json'))) {
    for (const payload of payloadsIn(readFileSync(join(histories, file), 'utf8'))) {
      read++;
      const told =
        /"\w*(password|secret|token|community|cvc|sealed|hash)\w*":|\b(sk|whsec)_\w+|\b\d{15,16}\b|@[\w-]+\.\w/i.exec(
          payload,
        );
      if (told) wrong.push(`${file}: ${told[0]} in ${payload.slice(0, 80)}`);
    }
  }
  assert.ok(read > 100, `${read} payloads`);
  assert.equal(wrong, []);
});

gate('of somebody who loses a role, or is let go, open nothing from their next request on', async () => {
  const [colleague, user] = [await aStaffMember(), await aUser(own.customer)];
  const [staff, customer] = [await session(colleague), await session(user)];
  assert.equal([(await staff.get('/staff/audit')).status, (await customer.get('/orders')).status], [200, 200]);
  await colleague.$query().patch({ role: 'support' });
  assert.is((await staff.get('/staff/audit')).status, 403);
  await colleague.$query().patch({ role: 'administrator', disabledAt: now });
  assert.match((await staff.get('/staff/audit')).location ?? '', '/staff/sign-in');
  await user.$query().patch({ sessionsEndedAt: new Date(now.getTime() + 1) });
  assert.match((await customer.get('/orders')).location ?? '', '/sign-in');
});

function session(person: User | StaffMember): Promise<Visitor> {
  return signedInVisitor(guest, person, { comesBack: false });
}

gate.run();
