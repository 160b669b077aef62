import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasPhrase } from '../../locales/phrases.js';
import { languages } from '../../rules/accounts/languages.js';
import { aCancellation, aCustomer, aService, aStaffMember, aUser } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aPlacedOrder, aRestingEnd, aTask } from '../../tests/support/staff-tasks.js';
import { contracts } from '../../workflows/messages/index.js';
import { AccountLetter } from '../accounts/account-letter.js';
import type { Customer } from '../accounts/customer.js';
import { PasswordReset } from '../accounts/password-reset.js';
import type { User } from '../accounts/user.js';
import { Invoice } from '../billing/invoice.js';
import type { Order } from '../orders/order.js';
import { Service } from '../services/service.js';
import { LETTERS_TOLD } from './letter-processes.js';
import { LetterSent } from './letter-sent.js';
import { ProcessStart } from './process-start.js';
import { ProcessStep } from './process-step.js';
import { findWorkflows, type WorkflowsWanted, workflowKinds } from './workflow-row.js';

const rows = suite('[STF-07] processes as their rows tell them');
const at = new Date('2027-03-11T10:05:00Z');
let database: { close: () => Promise<void> };
let customer: Customer;
let order: Order;

rows.before(async () => {
  database = await openDatabase();
});
rows.before.each(async () => {
  customer = await aCustomer();
  order = await aPlacedOrder(customer);
});
rows.after(async () => {
  await database.close();
});

async function ours(differing: Partial<WorkflowsWanted> = {}) {
  const usual = {
    show: 'running',
    kind: undefined,
    query: customer.number,
    direction: 'desc',
    offset: 0,
    limit: 10,
  } as const;
  const { rows } = await findWorkflows({ ...usual, ...differing });
  return rows;
}

async function preparing(): Promise<Service> {
  await ProcessStart.markStarted(`order:${order.id}`, at);
  await Invoice.query().patch({ status: 'paid', paidAt: at }).where({ orderId: order.id });
  await order.moveTo('preparing', at);
  await Service.query().patch({ status: 'preparing' }).where({ customerId: customer.id });
  return Service.query().findOne({ customerId: customer.id }).throwIfNotFound();
}

rows(
  'an order is there with its payment from the moment it is accepted, and its provisioning once it is paid',
  async () => {
    assert.equal((await ours()).map(({ kind, startedAt }) => [kind, startedAt]).sort(), [
      ['invoicePayment', null],
      ['order', null],
    ]);
    const service = await preparing();
    await ProcessStep.begin('serverProvisioning', service.id, 'boot', at);
    const found = await ours();
    assert.equal(found.map(({ kind }) => kind).sort(), ['order', 'serverProvisioning']);
    const provisioning = found.find(({ kind }) => kind === 'serverProvisioning');
    assert.equal([provisioning?.workflowId, provisioning?.step], [`server-provisioning:${service.id}`, 'boot']);
    assert.equal(
      (await ours({ show: 'over' })).map(({ kind, endedAt }) => [kind, endedAt]),
      [['invoicePayment', at]],
    );
  },
);

rows('what is over is found without a word as with one, from either end', async () => {
  await preparing();
  const paid = `invoice-payment:${(await Invoice.query().findOne({ orderId: order.id }).throwIfNotFound()).id}`;
  for (const direction of ['asc', 'desc'] as const) {
    const wanted = { kind: 'invoicePayment', query: '', direction, limit: 1_000 } as const;
    const [over, all, running] = await Promise.all(
      (['over', 'all', 'running'] as const).map((show) => findWorkflows({ ...wanted, show, offset: 0 })),
    );
    const ids = (found?: { rows: readonly { workflowId: string }[] }) =>
      found?.rows.map(({ workflowId }) => workflowId);
    assert.ok(ids(over)?.includes(paid) && ids(all)?.includes(paid) && !ids(running)?.includes(paid));
    assert.is(over?.count, over?.rows.length);
    const since = all?.rows.map((row) => row.since.getTime()) ?? [];
    assert.equal(
      since,
      [...since].sort((one, other) => (direction === 'asc' ? one - other : other - one)),
    );
  }
});

rows('a cancellation is there, of a service that no order here made', async () => {
  const { id } = await aCancellation(await aService(customer));
  const [found] = await ours({ kind: 'serviceCancellation' });
  assert.equal([found?.workflowId, found?.orderNumber], [`service-cancellation:${id}`, null]);
});

rows('a cancellation that rests is held up by the task that gave it up, until it is taken up', async () => {
  const { cancellation, taskId } = await aRestingEnd(await aService(customer), at);
  const wanted = { kind: 'serviceCancellation', show: 'waiting' } as const;
  const [found] = await ours(wanted);
  assert.equal([found?.stage, found?.taskId, found?.taskSince], ['resting', taskId, at]);
  await cancellation.moveTo('ending', at);
  assert.equal(await ours(wanted), []);
  const [goesOn] = await ours({ kind: 'serviceCancellation' });
  assert.equal([goesOn?.stage, goesOn?.taskId], ['ending', null]);
});

rows('what is held up is what nobody started, and what waits for staff', async () => {
  assert.is((await ours({ show: 'waiting' })).length, 2);
  const { id: serviceId } = await preparing();
  assert.is((await ours({ show: 'waiting' })).length, 0);
  const { id } = await aTask({ workflowId: `server-provisioning:${serviceId}`, step: 'openPort' });
  assert.equal(
    (await ours({ show: 'waiting' })).map(({ taskId }) => taskId),
    [id],
  );
});

rows('pages are counted as a whole', async () => {
  const page = { show: 'all', kind: undefined, query: customer.number, direction: 'asc', offset: 1, limit: 1 } as const;
  const { rows, count } = await findWorkflows(page);
  assert.equal([rows.length, count], [1, 2]);
});

rows('a process is found by its id as the Temporal UI shows it', async () => {
  assert.equal(
    (await ours({ query: `order:${order.id}` })).map(({ subject }) => subject),
    [order.number],
  );
});

rows('every process that a row may promise is a kind of the list, with its words', () => {
  assert.equal(contracts.map(({ type }) => type).sort(), [...workflowKinds].sort());
  for (const kind of workflowKinds)
    for (const language of languages)
      assert.ok(hasPhrase(language, `staff:workflows.kind.${kind}`), `${language} ${kind}`);
});

const letterTo = (person: Parameters<typeof AccountLetter.promise>[0], happenedAt = at) =>
  AccountLetter.transaction((trx) => AccountLetter.promise(person, { kind: 'new_place', happenedAt }, trx));
const sent = (id: string, delivered: boolean) =>
  LetterSent.query().insert({ id: `account-letter-${id}`, to: 'x@example.org', delivered, sentAt: at });
const told = async (query: string) =>
  (await ours({ query, show: 'all' })).map(({ kind, subject, stage, isOver }) => [kind, subject, stage, isOver]);

rows(
  'a letter about an account is there until it left, was refused, or is needed no more; colleagues are not named',
  async () => {
    const user = await aUser(customer, { name: `Élodie ${customer.number}` });
    const { letterId } = await letterTo(user);
    const query = `account-letter:${letterId}`;
    assert.equal(await told(query), [['accountLetter', user.name, 'waiting', false]]);
    assert.equal((await ours({ query: user.name }))[0]?.userId, user.id);
    await user.$query().patch({ disabledAt: at });
    assert.equal(await told(query), [['accountLetter', user.name, 'dropped', true]]);
    await sent(letterId, false);
    assert.equal(await told(query), [['accountLetter', user.name, 'refused', true]]);
    const { letterId: colleagues } = await letterTo(await aStaffMember());
    assert.equal(await told(`account-letter:${colleagues}`), [['accountLetter', null, 'waiting', false]]);
  },
);

rows('a reset is there from when it was asked for, named only once somebody was found', async () => {
  const user: User = await aUser(customer);
  const ask = (name: string) => PasswordReset.ask({ personKind: 'user', name, address: '192.0.2.1', askedAt: at });
  const [known, unknown] = [await ask(user.email), await ask('nobody@example.org')];
  assert.equal(await told(`password-reset:${known}`), [['passwordReset', null, 'asked', false]]);
  for (const id of [known, unknown]) await (await PasswordReset.query().findById(id).throwIfNotFound()).open();
  assert.equal(await told(`password-reset:${known}`), [['passwordReset', user.name, 'waiting', false]]);
  await sent(known, true);
  assert.equal(await told(`password-reset:${known}`), [['passwordReset', user.name, 'sent', true]]);
  assert.equal(await told(`password-reset:${unknown}`), [['passwordReset', null, 'nobody', true]]);
});

rows('of letters the newest are told of, however many there are', async () => {
  const user = await aUser(customer);
  const { letterId } = await letterTo(user, new Date('2020-01-01T00:00:00Z'));
  await AccountLetter.knex().raw(
    `WITH made AS (INSERT INTO account_letters (user_id, kind, happened_at)
       SELECT ?::uuid, 'new_place', ? FROM generate_series(1, ?) RETURNING id)
     INSERT INTO process_starts (workflow_id, process, input, accepted_at)
     SELECT 'account-letter:' || id, 'accountLetter', '{}', now() FROM made`,
    [user.id, at, LETTERS_TOLD],
  );
  assert.equal(await told(`account-letter:${letterId}`), []);
  const page = { show: 'all', kind: 'accountLetter', query: '', direction: 'desc', offset: 0, limit: 10 } as const;
  assert.ok((await findWorkflows(page)).count <= LETTERS_TOLD);
});

rows.run();
