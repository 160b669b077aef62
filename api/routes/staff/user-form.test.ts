import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { Brand } from '../../../models/accounts/brand.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { Membership } from '../../../models/accounts/membership.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { User } from '../../../models/accounts/user.js';
import { lettersSent } from '../../../tests/support/account-letters.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const form = suite('[IAM-01] [USR-02] staff make somebody a user of a customer');
const now = new Date('2027-03-11T12:10:00Z');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let guest: Visitor;
let oksana: StaffMember;
let support: Visitor;
let customer: Customer;
let made = 0;

form.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => now }));
  oksana = await aStaffMember({ name: 'Oksana Kovalenko', role: 'support' });
  support = await signedInVisitor(guest, oksana);
});
form.before.each(async () => {
  customer = await aCustomer({ name: 'Haut-Jura', language: 'fr', timeZone: 'Europe/Paris' });
  await lettersSent(now);
  processes.start.resetHistory();
});
form.after(async () => {
  await guest.leave();
  await database.close();
});

const typed = (differing: Record<string, string> = {}): Record<string, string> => ({
  ...{ name: 'Élodie Martin', email: `elodie-${++made}@example.org`, loginName: '' },
  ...{ language: 'fr', timeZone: 'Europe/Paris', ...differing },
});
const add = (fields: Record<string, string> | URLSearchParams, to = customer) =>
  support.post(`/staff/customers/${to.number}/users`, fields);
const usersOf = ({ id }: Customer) => Membership.query().where({ customerId: id }).withGraphFetched('user');
const newestOf = ({ id }: User) => AuditEntry.query().modify('newestFirst').findOne({ subjectId: id });

form(
  'from the customer’s page to the person’s, with the welcome under way and the trail telling who did it',
  async () => {
    assert.match(
      (await support.get(`/staff/customers/${customer.number}`)).body,
      `/staff/customers/${customer.number}/users/new`,
    );
    const page = (await support.get(`/staff/customers/${customer.number}/users/new`)).body;
    assert.match(page, /value="fr" selected/);
    assert.match(page, /value="Europe\/Paris" selected/);
    const fields = typed({ loginName: 'elodie.martin', timeZone: 'Europe/Kyiv' });
    const { status, location } = await add(fields);
    const user = await User.query().findOne({ email: fields.email }).throwIfNotFound();
    assert.equal([status, location], [303, `/staff/users/${user.id}?done=made`]);
    assert.equal(
      [user.name, user.loginName, user.language, user.timeZone],
      ['Élodie Martin', 'elodie.martin', 'fr', 'Europe/Kyiv'],
    );
    assert.match((await support.get(location ?? '')).body, `The letter to ${fields.email} is on its way`);
    assert.is(processes.start.callCount, 1);
    const [letter] = await lettersSent(now);
    assert.equal([letter?.to, /set-password/.test(letter?.text ?? '')], [fields.email, true]);
    const entry = await newestOf(user);
    assert.equal([entry?.action, entry?.actorName, entry?.customerId], ['user.made', oksana.name, customer.id]);
    const { name, email, loginName } = fields;
    assert.equal(entry?.after, { name, email, loginName, role: 'owner' });
  },
);

form('an address that has a login, however written, joins that login as it is, and its owner is told', async () => {
  const known = await aUser(await aCustomer(), { name: 'Élo', passwordChangedAt: now });
  const { location } = await add(typed({ email: known.email.toUpperCase(), loginName: 'elodie-2027' }));
  assert.is(location, `/staff/users/${known.id}?done=joined`);
  const { body } = await support.get(location ?? '');
  for (const words of ['had a login already', customer.number]) assert.match(body, words);
  assert.equal(await known.$query(), known);
  const letters = await lettersSent(now);
  assert.equal(
    letters.map(({ to }) => to),
    [known.email],
  );
  for (const words of ['Haut-Jura', 'https://shop.example/sign-in']) assert.match(letters[0]?.text ?? '', words);
  const entry = await newestOf(known);
  assert.equal([entry?.action, entry?.customerId], ['user.joined', customer.id]);
  assert.equal(entry?.after, { name: 'Élo', email: known.email, role: 'owner' });
});

form('whoever may act for the customer already is told who else may now, and nobody else is', async () => {
  const owner = await aUser(customer);
  await aUser(customer, { disabledAt: now });
  const known = await aUser(await aCustomer(), { passwordChangedAt: now });
  const made = typed();
  await add(made);
  await add(typed({ email: known.email }));
  const told = (await lettersSent(now)).map(({ to, text }) => [
    to,
    [known.email, made.email].find((who) => who && text.includes(who)),
  ]);
  assert.equal(
    told.filter(([to]) => to === owner.email),
    [
      [owner.email, made.email],
      [owner.email, known.email],
    ],
  );
  assert.equal(new Set(told.map(([to]) => to)), new Set([owner.email, made.email, known.email]));
});

form('who joins before ever choosing a password is welcomed once more', async () => {
  const other = await aCustomer();
  const fields = typed();
  await add(fields, other);
  await lettersSent(now);
  await add(fields);
  assert.match((await lettersSent(now))[0]?.text ?? '', 'set-password');
});

form(
  'what is missing, too long, malformed, sent twice or invisible is said beside its field, and nothing typed is lost',
  async () => {
    const cases: [differing: Record<string, string>, problem: string][] = [
      [{ name: ' ' }, 'Give a name'],
      [{ name: 'n'.repeat(101) }, 'Give a name'],
      [{ name: 'Élodie\u0000Martin' }, 'Give a name'],
      [{ email: '' }, 'Give an e-mail address'],
      [{ email: 'elodie@' }, 'Give an e-mail address'],
      [{ email: `${'e'.repeat(250)}@example.org` }, 'Give an e-mail address'],
      [{ email: 'elodie@example.org\nBcc: all@example.org' }, 'Give an e-mail address'],
      [{ loginName: 'élodie-martin' }, 'Use 8 to 64 letters'],
      [{ loginName: 'elodie' }, 'Use 8 to 64 letters'],
      [{ language: 'de' }, 'Choose a language'],
      [{ timeZone: 'Mars/Olympus' }, 'Choose a time zone'],
    ];
    for (const [differing, problem] of cases) {
      const { status, body } = await add(typed({ name: 'Élodie of the form', ...differing }));
      assert.is(status, 422, problem);
      assert.match(body, new RegExp(`invalid-feedback[^>]*>.*${problem}`), problem);
      if (!('name' in differing)) assert.match(body, 'value="Élodie of the form"');
    }
    const twice = new URLSearchParams(typed({ name: 'Élodie of the form' }));
    twice.append('email', 'second@example.org');
    const { status, body } = await add(twice);
    assert.equal(
      [status, body.includes('Give an e-mail address'), body.includes('Élodie of the form')],
      [422, true, true],
    );
    assert.equal(await usersOf(customer), []);
    assert.is(processes.start.callCount, 0);
  },
);

form('a login name that is taken, whoever is here already, and an account that is disabled are refused', async () => {
  const taken = await aUser(await aCustomer(), { loginName: 'Taken.Name' });
  const refused = async (differing: Record<string, string>) => {
    const { status, body } = await add(typed(differing));
    assert.is(status, 422);
    return body;
  };
  assert.match(await refused({ loginName: 'taken.name' }), 'Somebody else signs in with this name.');
  const member = await aUser(customer);
  assert.match(await refused({ email: member.email }), 'acts for this customer already');
  await taken.$query().patch({ disabledAt: now });
  assert.match(await refused({ email: taken.email }), 'account that is disabled');
  assert.equal(
    (await usersOf(customer)).map(({ userId }) => userId),
    [member.id],
  );
});

form('two forms with one address make one user, for one customer or for two', async () => {
  const fields = typed({ loginName: 'both.at.once' });
  const statuses = (await Promise.all([add(fields), add(fields)])).map(({ status }) => status);
  assert.equal(statuses, [303, 303]);
  const others = [await aCustomer(), await aCustomer()];
  const shared = typed();
  const answers = await Promise.all(others.map((each) => add(shared, each)));
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303],
  );
  for (const { email } of [fields, shared]) assert.is(await User.query().where({ email }).resultSize(), 1);
  for (const each of [customer, ...others]) assert.is((await usersOf(each)).length, 1);
});

form('a second click shows the person that the first one added, and writes no second letter', async () => {
  const [fields, known] = [typed(), await aUser(await aCustomer(), { passwordChangedAt: now })];
  for (const [sent, done] of [
    [fields, 'made'],
    [typed({ email: known.email }), 'joined'],
  ] as const) {
    const first = await add(sent);
    const second = await add(sent);
    assert.equal([second.status, second.location], [303, first.location]);
    assert.match(second.location ?? '', `?done=${done}`);
    assert.is((await lettersSent(now)).filter(({ to }) => to === sent.email).length, 1);
  }
  const pavlo = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  const somebodyElses = await pavlo.post(`/staff/customers/${customer.number}/users`, fields);
  assert.equal([somebodyElses.status, /acts for this customer already/.test(somebodyElses.body)], [422, true]);
});

form('the letter bears the name of the shop whose customer it is about', async () => {
  const brand = await Brand.query().findById(customer.brandId).throwIfNotFound();
  const { id: _, ...seller } = brand;
  const other = await Brand.query().insertAndFetch({ ...seller, host: 'a.example', name: 'Southquay' });
  const known = await aUser(await aCustomer({ brandId: other.id }), { passwordChangedAt: now });
  await add(typed({ email: known.email }));
  const [letter] = await lettersSent(now);
  assert.match(letter?.subject ?? '', brand.name);
  assert.not.match(letter?.text ?? '', 'Southquay');
});

form('is for those who may change customers, and only of one that there is', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'read_only' }));
  assert.not.match((await reader.get(`/staff/customers/${customer.number}`)).body, '/users/new');
  assert.is((await reader.get(`/staff/customers/${customer.number}/users/new`)).status, 403);
  assert.is((await reader.post(`/staff/customers/${customer.number}/users`, typed())).status, 403);
  assert.is((await support.post('/staff/customers/C-0/users', typed())).status, 404);
});

form.run();
