import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';
import { signedInVisitor, withPassword } from '../support/signed-in.js';
import { type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { formOf } from './forms.js';
import { everythingOf, type Holding, now } from './holding.js';
import { type Change, changesBetween, everyRow } from './rows.js';

const gate = suite('[IAM-02] a form that says more than it was asked');
const faults: unknown[] = [];
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;
/** About whom staff are asked, so that nobody is locked out of the test. */
let third: Holding;
let others: Holding;
let customer: Visitor;
let staff: Visitor;

gate.before(async () => {
  database = await openDatabase();
  own = await everythingOf('zqb-own');
  third = await everythingOf('zqc-third');
  await withPassword(third.user);
  await withPassword(third.staff);
  others = await everythingOf('zqa-others');
  const logError = (_reference: string, error: unknown) => {
    if (!/PaymentsUnavailable/.test(String((error as Error).name))) faults.push(error);
  };
  guest = await visit(testApp({ now: () => now, logError }));
  customer = await signedInVisitor(guest, own.user);
  staff = await signedInVisitor(guest, own.staff);
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

const AMOUNT = '7777777';

/** What somebody would like to decide for themself, as tables and code call it. */
function wishes(): [string, string][] {
  const { id } = others.customer;
  const amounts = [
    'price',
    'priceMinor',
    'price_minor',
    'total',
    'amount',
    'amountMinor',
    'recurringMinor',
    'setupMinor',
  ];
  const whose = { customerId: id, customer_id: id, userId: others.user.id, user_id: others.user.id, id: others.card };
  const states = {
    status: 'paid',
    role: 'administrator',
    isStaff: 'true',
    is_staff: '1',
    credit: AMOUNT,
    currency: 'UAH',
  };
  const times = {
    paidAt: '2020-01-01',
    paid_at: '2020-01-01',
    confirmedAt: '2020-01-01',
    disabledAt: '',
    discount: '100',
  };
  const traps = {
    __proto__x: 'x',
    constructor: 'x',
    'constructor.prototype.isStaff': 'true',
    toString: 'x',
    hasOwnProperty: 'x',
  };
  const flat = { ...whose, ...states, ...times, ...traps, passwordHash: 'none' };
  return [...amounts.map((name): [string, string] => [name, AMOUNT]), ...Object.entries(flat), ['__proto__', 'x']];
}

type Shape = (form: Record<string, string>) => URLSearchParams;

const withWishes: Shape = (form) => new URLSearchParams([...Object.entries(form), ...wishes()]);

const shapes: Readonly<Record<string, Shape>> = {
  'with every wish beside it': withWishes,
  'with each field twice': (form) => new URLSearchParams([...Object.entries(form), ...Object.entries(form)]),
  'with lists and objects': (form) => {
    const nested = Object.entries(form).flatMap(([name, value]) => [
      [`${name}[]`, value],
      [`${name}[role]`, 'administrator'],
      [`${name}.status`, 'paid'],
      ['__proto__[isStaff]', 'true'],
    ]);
    const method = form._method ? [['_method', form._method]] : [];
    return new URLSearchParams([...nested, ...method] as [string, string][]);
  },
};

/** What the forms of the product may change, and nothing else: columns of rows that were there, and rows that are new. */
const changed: Readonly<Record<string, readonly string[]>> = {
  users: ['password_hash', 'password_changed_at', 'sessions_ended_at', 'language'],
  staff_members: ['password_hash', 'password_changed_at', 'sessions_ended_at', 'language'],
  customers: ['password_level', 'demands_second_factor'],
  payment_methods: ['is_default'],
  services: ['name'],
  root_passwords: ['shown_at', 'shown_to', 'password_sealed'],
  servers: ['serial', 'mac', 'rack_id', 'unit', 'height', 'switch_port_id', 'product_id'],
  bmcs: ['driver', 'address', 'username', 'password_sealed', 'cipher_suite'],
  switches: ['host', 'port', 'version', 'community_sealed', 'auth_sealed'],
  address_reservations: ['during'],
  account_links: ['replaced_at'],
  emergency_stops: ['lifted_at', 'lifted_by_staff_id'],
  process_starts: ['started_at'],
  staff_tasks: ['due_at', 'assignee_id', 'unassigned_since'],
  refunds: ['status', 'sent_by', 'settled_at', 'transfer_reference'],
};
const made = ['audit_entries', 'timeline_entries', 'process_starts', 'account_letters', 'account_links'].concat([
  'password_resets',
  'staff_task_events',
  'second_factors',
  'address_reservations',
]);

/** Rows that one form alone makes. */
const madeBy: Readonly<Record<string, readonly string[]>> = {
  'POST /staff/customers/:number/users': ['users', 'memberships'],
  'POST /staff/refunds/:id/transfer': ['ledger_transactions', 'ledger_entries'],
  'POST /staff/stops': ['emergency_stops'],
  'POST /staff/book-checks': ['book_checks'],
  'POST /staff/retry-schedule': ['retry_schedules'],
  'POST /staff/servers': ['servers', 'bmcs'],
  'POST /staff/switches': ['switches', 'switch_ports'],
  'POST /staff/prefixes': ['prefixes'],
  'POST /staff/payment-batches': ['collection_batches', 'collection_batch_items'],
};

/** Forms of hardware, filled in so that they are taken. */
const enters = ['servers', 'servers/:label', 'switches', 'switches/:name', 'prefixes'].map(
  (path) => `POST /staff/${path}`,
);

function astray(route: RouteDeclaration, { table, was, is }: Change): string[] {
  if (!is) return table === 'second_factors' ? [] : [`${table}: a row is gone`]; // staff who sign in anew set theirs up anew
  const written = JSON.stringify(is);
  const planted = [AMOUNT, others.customer.id, others.user.id, others.card].filter((each) => written.includes(each));
  if (!was) {
    const found = planted.length > 0 ? [`${table}: a new row with ${planted.join(', ')}`] : [];
    return made.includes(table) || madeBy[nameOf(route)]?.includes(table) ? found : [`${table}: a new row`, ...found];
  }
  const columns = Object.keys(is).filter((name) => JSON.stringify(is[name]) !== JSON.stringify(was[name]));
  return columns.filter((name) => !changed[table]?.includes(name)).map((name) => `${table}.${name}: ${is[name]}`);
}

async function send(route: RouteDeclaration, shape: Shape): Promise<string[]> {
  const who = isStaffs(route) ? staff : customer;
  const holding = typeof route.right === 'object' && 'section' in route.right ? own : third;
  const { status } = await who.post(addressOf(route, holding), shape(formOf(route, holding)));
  const failed = status >= 500 && status !== 503;
  const vain = shape === withWishes && enters.includes(nameOf(route)) && status !== 303; // then it would show nothing
  return failed || vain ? [`${status}`] : [];
}

for (const [name, shape] of Object.entries(shapes)) {
  gate(`${name} changes nothing but what its form is for`, async () => {
    const wrong: string[] = [];
    for (const route of routesOfPeople().filter(changes)) {
      const before = await everyRow();
      const failed = await send(route, shape);
      const found = changesBetween(before, await everyRow()).flatMap((each) => astray(route, each));
      wrong.push(...[...failed, ...found].map((what) => `${nameOf(route)}: ${what}`));
    }
    assert.equal(wrong, []);
    assert.equal(faults, []);
    assert.is(({} as Record<string, unknown>).isStaff, undefined);
  });
}

gate.run();
