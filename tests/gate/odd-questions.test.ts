import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';
import { signedInVisitor } from '../support/signed-in.js';
import { type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, routesOfPeople } from './addresses.js';
import { everythingOf, type Holding, now } from './holding.js';
import { changesBetween, everyRow } from './rows.js';

const gate = suite('[UX-03] lists that are asked odd questions');
const formulas = ['=HYPERLINK("http://evil.example")', '+1+cmd|x!A0', '-2+3', '@SUM(1)'];
const faults: unknown[] = [];
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;
let people: { customer: Visitor; staff: Visitor };

gate.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => now, logError: (_reference, error) => faults.push(error) }));
  own = await everythingOf('zqb-own');
  const stay = { comesBack: false };
  people = {
    customer: await signedInVisitor(guest, own.user, stay),
    staff: await signedInVisitor(guest, own.staff, stay),
  };
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

const injections = [
  "'",
  "' OR '1'='1",
  "') OR 1=1 --",
  "'; DROP TABLE orders; --",
  '1; SELECT pg_sleep(5)',
  "'||(SELECT pg_sleep(5))||'",
  '(SELECT CASE WHEN 1=1 THEN pg_sleep(5) END)',
  'number) UNION SELECT null,version() --',
  'customers.name;--',
  '"customers"."password_hash"',
  '-(SELECT 1)',
  '%',
  '\\',
  '$1',
  '?',
  ':id',
  '1e400',
  '-1',
  '99999999999999999999',
  '2026-02-31',
  '0000-00-00',
  '0000-01-01',
  '9999-12-31',
  '2026-01-01; --',
  '{"$gt":""}',
  '\u0000',
  'x'.repeat(300),
];
const fields = ['q', 'sort', 'show', 'page', 'from', 'until', 'contract', 'customer', 'action', 'at', 'period', 'to'];

const asked = () =>
  routesOfPeople().filter((each) => !changes(each) && !/\.(png|jpeg|svg|pdf)$|^\/cards\/new$/.test(each.path));
const readerOf = (route: RouteDeclaration) => (isStaffs(route) ? people.staff : people.customer);

/** An address for each odd word, so that every field of a list is asked each; what is no list is asked a few. */
function questionsFor({ path }: RouteDeclaration): URLSearchParams[] {
  const isList = asked().some((other) => other.path === `${path}.csv`);
  return injections.slice(isList ? 0 : -2).map((_, turned) => {
    const word = (index: number) => injections[(index + turned) % injections.length] ?? '';
    return new URLSearchParams(fields.map((field, index): [string, string] => [field, word(index)]));
  });
}

gate('answer each of them without a fault, at once, and with no more than they would', async () => {
  const before = await everyRow();
  const wrong: string[] = [];
  for (const route of asked()) {
    for (const query of questionsFor(route)) {
      const address = `${addressOf(route, own)}?${query}`;
      const began = performance.now();
      const { status, body } = await readerOf(route).get(address);
      const slow = performance.now() - began > 4_500;
      const told = /syntax error at|pg_catalog|PostgreSQL \d|\bat \S+\.ts:/.test(body);
      if (status >= 500 || slow || told) wrong.push(`${address.slice(0, 160)}: ${status}${slow ? ', slow' : ''}`);
    }
  }
  assert.equal(wrong, []);
  assert.equal(faults, []);
  assert.equal(changesBetween(before, await everyRow()), []);
});

gate('also where the same is asked twice, as a list or as an object', async () => {
  const wrong: string[] = [];
  const query = fields.map((field) => `${field}=1&${field}=2&${field}[]=3&${field}[a]=4&__proto__[a]=5`).join('&');
  for (const route of asked()) {
    const { status } = await readerOf(route).get(`${addressOf(route, own)}?${query}`);
    if (status >= 500) wrong.push(`${route.path}: ${status}`);
  }
  assert.equal(wrong, []);
  assert.equal(faults, []);
});

gate('never find anything by a condition that is always true', async () => {
  for (const list of ['/orders', '/invoices', '/servers']) {
    const query = new URLSearchParams({ q: "' OR '1'='1", show: 'all' });
    const { body } = await people.customer.get(`${list}?${query}`);
    assert.match(body, 'Nothing matches', list);
  }
});

/** The cells of a file (RFC 4180). */
function cellsOf(file: string): string[] {
  const cell = /(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g;
  return [...file.matchAll(cell)].map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll('""', '"'));
}

for (const [index, formula] of formulas.entries()) {
  gate(`give files in which ${formula} is text to a spreadsheet`, async () => {
    const holding = await everythingOf(`zqf-${index}`, formula);
    const owner = await signedInVisitor(guest, holding.user);
    const wrong: string[] = [];
    let met = 0;
    for (const route of asked().filter(({ path }) => path.endsWith('.csv'))) {
      const who = isStaffs(route) ? people.staff : owner;
      const { status, body } = await who.get(`${addressOf(route, holding)}?show=all`);
      if (status !== 200) wrong.push(`${route.path}: ${status}`);
      const cells = cellsOf(body);
      if (cells.includes(`'${formula}`)) met++;
      const run = cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));
      wrong.push(...run.map((cell) => `${route.path}: ${cell}`));
    }
    assert.equal(wrong, []);
    assert.ok(met >= 5, `${met} files hold it`);
  });
}

gate.run();
