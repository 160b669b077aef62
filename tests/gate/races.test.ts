import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccessTokens } from '../../gateways/access-tokens.js';
import { passwordMatches } from '../../gateways/passwords.js';
import { Membership } from '../../models/accounts/membership.js';
import { resetPasswordOf } from '../../models/accounts/passwords.js';
import { RecoveryCode } from '../../models/accounts/recovery-code.js';
import { SecondFactor } from '../../models/accounts/second-factor.js';
import { User } from '../../models/accounts/user.js';
import { Payment } from '../../models/billing/payment.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { lettersSent, linkIn } from '../support/account-letters.js';
import { testApp } from '../support/app.js';
import { aBrowser, type Browser } from '../support/browser-without-scripts.js';
import { aService, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { anInvoice } from '../support/invoices.js';
import { codeAt, withSecondFactor } from '../support/second-factor.js';
import { password, signedInVisitor, withPassword } from '../support/signed-in.js';
import { type Answer, type Fields, type Visitor, visit } from '../support/visitor.js';
import { everythingOf, type Holding, now, rootPasswordOf } from './holding.js';

const gate = suite('[S10] [F10] twenty at once');
const AT_ONCE = 20;
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;
let customer: Visitor;
let staff: Visitor;

gate.before(async () => {
  database = await openDatabase();
  own = await everythingOf('zqr-own');
  guest = await visit(testApp({ now: () => now, logError: () => {} }));
  customer = await signedInVisitor(guest, own.user);
  staff = await signedInVisitor(guest, own.staff);
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

const atOnce = <Result>(work: (turn: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, turn) => work(turn)));
const answered = (answers: readonly Answer[], status: number) => answers.filter((each) => each.status === status);

/** Browsers behind the password of one person, who owe the code. */
async function waiting(email: string): Promise<Browser[]> {
  const browsers: Browser[] = [];
  for (let count = 0; count < AT_ONCE; count++) {
    const browser = aBrowser(guest);
    await browser.get('/staff/sign-in');
    const { location } = await browser.post('/staff/sign-in', { name: email, password });
    await browser.get(location ?? '');
    browsers.push(browser);
  }
  await Model.knex().raw('TRUNCATE sign_in_attempts');
  return browsers;
}

gate('one code of an app lets one in, and one recovery code another', async () => {
  const colleague = await withSecondFactor(await withPassword(await aStaffMember()));
  const { id } = (await SecondFactor.standing(colleague)) ?? { id: '' };
  await Model.transaction((trx) => RecoveryCode.replace(id, ['k7m2-9xw4-p3n8-q5rt', 'aaaa-bbbb-cccc-dddd'], trx));
  const browsers = await waiting(colleague.email);
  const typed: Fields[] = [{ code: codeAt(now) }, { recovery: 'k7m2-9xw4-p3n8-q5rt' }];
  const [half = [], rest = []] = [browsers.slice(0, AT_ONCE / 2), browsers.slice(AT_ONCE / 2)];
  for (const [turn, group] of [half, rest].entries()) {
    await Model.knex().raw('TRUNCATE sign_in_attempts');
    const answers = await Promise.all(group.map((browser) => browser.post('/staff/sign-in/code', typed[turn] ?? {})));
    assert.is(answered(answers, 303).length, 1, JSON.stringify(typed[turn]));
  }
  assert.is(await RecoveryCode.left(id), 1);
});

gate('one link sets one password, and it is the one that opens', async () => {
  const user = await withPassword(await aUser(own.customer));
  const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: now } as Parameters<typeof resetPasswordOf>[2];
  await resetPasswordOf(user, user.passwordHash, deed);
  const link =
    (await lettersSent(now))
      .map(linkIn)
      .filter((each) => each.startsWith('/set-password'))
      .at(-1) ?? '';
  const wanted = (turn: number) => `lac-Rouge-47-${turn}`;
  const answers = await atOnce(async (turn) => {
    const browser = aBrowser(guest);
    await browser.get(link);
    return browser.post(link, { password: wanted(turn), again: wanted(turn) });
  });
  assert.equal([answered(answers, 303).length, answered(answers, 410).length], [1, AT_ONCE - 1]);
  const { passwordHash } = await User.query().findById(user.id).throwIfNotFound();
  const winner = answers.findIndex(({ status }) => status === 303);
  assert.is(await passwordMatches(passwordHash, wanted(winner)), true);
});

gate('a root password is shown to one, by the letter’s link and by the page together', async () => {
  const link = `/servers/login/${createAccessTokens('a key for tests').rootPassword(own.service.id)}`;
  await Model.knex()('services').where({ id: own.service.id }).update({ status: 'active' });
  const page = `/servers/${own.service.slug}/login-data`;
  const answers = await atOnce((turn) => (turn % 2 ? guest.post(link, {}) : customer.post(page, {})));
  const shown = answers.filter(({ body }) => body.includes(rootPasswordOf(own.mark)));
  assert.equal([shown.length, answered(answers, 410).length], [1, AT_ONCE - 1]);
});

gate('one address becomes one user, who acts for the customer once', async () => {
  const fields = {
    name: 'Somebody',
    email: 'raced@example.org',
    loginName: '',
    language: 'en',
    timeZone: 'Europe/Paris',
  };
  const answers = await atOnce(() => staff.post(`/staff/customers/${own.customer.number}/users`, fields));
  assert.equal(
    answers.filter(({ status }) => status >= 500),
    [],
  );
  const made = await User.query().where({ email: 'raced@example.org' });
  assert.is(made.length, 1);
  assert.is(
    await Membership.query()
      .where({ userId: made[0]?.id ?? '' })
      .resultSize(),
    1,
  );
});

gate('one wish to cancel is one cancellation', async () => {
  const service = await aService(own.customer, { slug: 'raced', name: 'raced', anchoredOn: '2027-02-01' });
  const answers = await atOnce(() => customer.post('/services/raced/cancellation', { wish: 'term_end', reason: '' }));
  assert.equal(
    answers.filter(({ status }) => status >= 500),
    [],
  );
  assert.is(await ServiceCancellation.query().where({ serviceId: service.id }).resultSize(), 1);
});

gate('one transfer that is booked twenty times settles its invoice once', async () => {
  const invoice = await anInvoice(own.customer);
  const { amountMinor } = await invoice.due();
  const fields = { amount: (amountMinor / 100).toFixed(2), receivedOn: '2027-03-10', reference: 'RF18 5390 raced' };
  const answers = await atOnce(() => staff.post(`/staff/payments/${invoice.number}/transfers`, fields));
  assert.equal(
    answers.filter(({ status }) => status >= 500),
    [],
  );
  const booked = await Payment.query().where({ invoiceId: invoice.id });
  assert.equal(
    booked.map((each) => each.amountMinor),
    [amountMinor],
  );
});

gate.run();
