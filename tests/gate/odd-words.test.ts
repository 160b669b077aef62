import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { testApp } from '../support/app.js';
import { aService } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { signedInVisitor, withPassword } from '../support/signed-in.js';
import { type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { formOf } from './forms.js';
import { everythingOf, type Holding, now } from './holding.js';

const gate = suite('[UX-03] forms that are filled in with odd words');
const faults: string[] = [];
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;
/** About whom staff are asked, so that nobody is locked out of the test. */
let third: Holding;
let people: { readonly customer: Visitor; readonly staff: Visitor };

gate.before(async () => {
  database = await openDatabase();
  [own, third] = [await everythingOf('zqo-own'), await everythingOf('zqo-third')];
  await withPassword(third.user);
  await withPassword(third.staff);
  const logError = (_reference: string, error: unknown) => {
    const { name, message } = error as Error;
    if (name !== 'PaymentsUnavailable') faults.push(`${name}: ${message.slice(0, 200)}`);
  };
  guest = await visit(testApp({ now: () => now, logError }));
  people = { customer: await signedInVisitor(guest, own.user), staff: await signedInVisitor(guest, own.staff) };
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

/** As a browser would never send it, or as a person would never type it. */
const words: Readonly<Record<string, string>> = {
  'a null': 'a%00b',
  'half a letter': '%ED%A0%80',
  'bytes that are no text': '%FF%FE%C0%AF',
  'line breaks': 'a%0D%0AX-Injected:%20yes',
  'an escape of a terminal': '%1B%5B2J%07',
  'text from right to left': '%E2%80%AE%D7%90%E2%81%A6',
  'nothing but blanks': '%20%C2%A0%E2%80%8B%09',
  'a number that is too large': '9'.repeat(400),
  'a number that is none': '1e400',
  'a date that is none': '2026-02-30',
  'a uuid that is none': '00000000-0000-0000-0000-00000000000g',
  'a very long word': 'x'.repeat(20_000),
  'a template': '%7B%7Bconstructor.constructor%7D%7D%24%7B7*7%7D',
};

const sent = () =>
  routesOfPeople().filter((route) => changes(route) && !/sign-out|\/sign-in|password-reset$/.test(route.path));

/** The form with the word in those of its fields; what says what is meant stays. */
function oddly(form: Record<string, string>, word: string, fields: readonly string[]): string {
  const pairs = Object.entries(form).map(
    ([name, value]) => `${encodeURIComponent(name)}=${fields.includes(name) ? word : encodeURIComponent(value)}`,
  );
  return pairs.join('&');
}

async function send(route: RouteDeclaration, word: string, fields: readonly string[]): Promise<string[]> {
  faults.length = 0;
  const who = isStaffs(route) ? people.staff : people.customer;
  const holding = typeof route.right === 'object' && 'section' in route.right ? own : third;
  const body = oddly(formOf(route, holding), word, fields);
  const { status, body: page, headers } = await who.post(addressOf(route, holding), body);
  const failed = status >= 500 && status !== 503 ? [`${status}`] : [];
  const told =
    /syntax error|invalid byte|\bat \S+\.ts:/.test(page) || headers.has('x-injected') ? ['tells of its insides'] : [];
  return [...failed, ...told, ...faults].map((fault) => `${nameOf(route)} ${fields.join()}: ${fault}`);
}

for (const [what, word] of Object.entries(words)) {
  gate(`with ${what} are answered, and by no fault of ours`, async () => {
    const wrong: string[] = [];
    for (const route of sent()) {
      const fields = Object.keys(formOf(route, own)).filter((name) => name !== '_method');
      const turns =
        what === 'a null' || what === 'a very long word' ? [fields, ...fields.map((field) => [field])] : [fields];
      for (const each of turns.filter((names) => names.length > 0)) wrong.push(...(await send(route, word, each)));
    }
    assert.equal(wrong, []);
  });
}

gate('with a null where a reason is asked for the first time are refused too', async () => {
  faults.length = 0;
  await aService(own.customer, { slug: 'odd', name: 'odd', anchoredOn: '2027-02-01' });
  const { status } = await people.customer.post('/services/odd/cancellation', 'wish=term_end&reason=a%00b');
  assert.equal([status, faults], [422, []]);
});

/** Refused as they stand: a right guess, a failed payment or a new person cannot be written down beforehand. */
const refusedAnyway =
  /sign-in|second-factor|recovery-codes|account\/password|payments\/:number\/attempts|members\/:id\/welcome/;
/** Of machines and their network: a dozen fields each, tried one by one in tests of their own. */
const hardware = /^POST \/staff\/(servers|servers\/:label|servers\/:label\/status|switches|prefixes)$/;

gate('are themselves filled in as their pages want them, or the gate would try nothing', async () => {
  const wrong: string[] = [];
  for (const route of sent().filter((each) => !refusedAnyway.test(nameOf(each)) && !hardware.test(nameOf(each)))) {
    const holding = typeof route.right === 'object' && 'section' in route.right ? own : third;
    const who = isStaffs(route) ? people.staff : people.customer;
    const { status } = await who.post(addressOf(route, holding), formOf(route, holding));
    if (status === 422) wrong.push(nameOf(route));
  }
  assert.equal(wrong, []);
});

gate.run();
