import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';
import { KeptTraffic } from '../support/kept-traffic.js';
import { signedInVisitor } from '../support/signed-in.js';
import { stubbedProcesses } from '../support/stubbed-processes.js';
import { type Answer, type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { formOf } from './forms.js';
import { everythingOf, type Holding, now, rootPasswordOf } from './holding.js';
import { everyRow } from './rows.js';

const gate = suite('[IAM-02] of two customers neither comes by anything of the other');
const traffic = new KeptTraffic();
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let guest: Visitor;
let theirs: Holding;
let own: Holding;
let stranger: Visitor;
let needles: string[];

gate.before(async () => {
  database = await openDatabase();
  theirs = await everythingOf('zqa-theirs', 'zqa-theirs', traffic);
  own = await everythingOf('zqb-own', 'zqb-own', traffic);
  guest = await visit(testApp({ now: () => now, metrics: traffic, processes, logError: () => {} }));
  stranger = await signedInVisitor(guest, own.user);
  needles = needlesOf(theirs);
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

/** What is theirs alone: no answer to anybody else may hold one of these. */
function needlesOf({ mark, customer, user, service, server, ...held }: Holding): string[] {
  const ids = [customer.id, customer.number, customer.email, user.id, user.email, service.id, service.slug];
  const numbers = [held.order, held.invoice, held.creditNote, held.card, held.contract, held.command, held.port];
  const machine = [server.label, server.serial, server.mac, held.address];
  return [mark, rootPasswordOf(mark), ...ids, ...numbers, ...machine, held.task, '8,123', '9,234'];
}

/** An answer may repeat what was asked, nothing else. */
function leaked({ body, location }: Answer, asked: string): string[] {
  const said = body + (location ?? '');
  const unsaid = needles.filter((needle) => !decodeURIComponent(asked).includes(needle));
  return unsaid.filter((needle) => said.split(needle).some(standsAlone));
}

/** Not a part of something longer: `S-12` is in `S-123`, and 198.18.0.1 in 198.18.0.12. */
function standsAlone(part: string, index: number, parts: readonly string[]): boolean {
  return index > 0 && !/[\w.]$/.test(parts[index - 1] ?? '') && !/^\w/.test(part);
}

/** Rows in which something of theirs stands, however deep; not that somebody tried their name at the doors. */
async function theirRows(): Promise<string[]> {
  const rows = (await everyRow()).filter(
    ({ table, row }) => table !== 'password_resets' && row.action !== 'sign_in.refused',
  );
  const texts = rows.map(({ table, row }) => `${table} ${JSON.stringify(row)}`);
  return texts.filter((row) => needles.some((needle) => row.includes(needle))).sort();
}

const takesValues = ({ path }: RouteDeclaration) => path.includes(':');
const ofNobody = (path: string) => /^\/(catalogue|terms)\//.test(path);

/** A request for a page, a part of it for htmx, or a form; without a word of theirs in its answer. */
async function ask(route: RouteDeclaration, address: string, form?: Record<string, string>, htmx = false) {
  const headers = { ...(htmx && { 'HX-Request': 'true' }) } as Record<string, string>;
  const answer = form ? await stranger.post(address, form, headers) : await stranger.get(address, headers);
  const asked = address + JSON.stringify(form ?? {}).replaceAll('%', '');
  const found = leaked(answer, asked);
  const wrong = found.length > 0 ? [`${nameOf(route)} at ${address} tells ${found.join(', ')}`] : [];
  return { status: answer.status, location: answer.location, wrong };
}

gate('the stranger’s own pages are there, and so would theirs be seen by their owner', async () => {
  const owner = await signedInVisitor(guest, theirs.user);
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter((each) => !isStaffs(each) && !changes(each) && takesValues(each))) {
    const address = addressOf(route, theirs);
    const { status, body } = await owner.get(address);
    if (status !== 200) wrong.push(`${address}: ${status}`);
    const image = /\.(png|jpeg|svg|pdf|csv)$/.test(address) || ofNobody(address);
    if (!image && !needles.some((needle) => body.includes(needle))) wrong.push(`${address} shows nothing of theirs`);
  }
  assert.equal(wrong, []);
});

gate('every address with their names in it is a 404, as a page and as a part of one', async () => {
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter((each) => !changes(each) && takesValues(each))) {
    const address = addressOf(route, theirs);
    if (ofNobody(address)) continue;
    for (const htmx of [false, true]) {
      const answer = await ask(route, address, undefined, htmx);
      const wanted = isStaffs(route) ? (htmx ? 401 : 303) : 404;
      if (answer.status !== wanted) wrong.push(`${address}: ${answer.status}, not ${wanted}`);
      wrong.push(...answer.wrong);
    }
  }
  assert.equal(wrong, []);
});

/** What a stranger may know of them, in every field that narrows, sorts or searches a list. */
function narrowings(): string[] {
  const words = [theirs.mark, theirs.order, theirs.invoice, theirs.address, theirs.server.mac, theirs.customer.email];
  const { contract, customer } = theirs;
  const everything = `from=2020-01-01&until=2099-01-01&show=all&customer=${customer.number}&customerId=${customer.id}`;
  const sorts = ['customer', '-customer', 'customer_id', 'name', '-total', 'id', 'customers.name'];
  return [
    ...words.map((word) => `q=${encodeURIComponent(word)}&show=all`),
    ...sorts.map((sort) => `sort=${sort}&show=all&customer=${customer.id}`),
    `contract=${contract}`,
    `contract=${contract}&q=&page=2&show=all`,
    `${everything}&action=order.placed`,
    `period=year&from=2026-03-01T00:00Z&port=${theirs.port}&service=${theirs.service.slug}`,
    `to=${encodeURIComponent(`/servers/${theirs.service.slug}`)}&done=password&id=${customer.id}`,
  ];
}

gate('no search, sort key, filter, file or part of the stranger’s own pages tells of them', async () => {
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter((each) => !isStaffs(each) && !changes(each))) {
    const address = addressOf(route, own);
    const drawn = /\.(png|jpeg|pdf)$/.test(address);
    for (const narrowed of drawn ? narrowings().slice(-2) : narrowings()) {
      for (const htmx of drawn ? [false] : [false, true]) {
        const { status, wrong: told } = await ask(route, `${address}?${narrowed}`, undefined, htmx);
        if (status >= 500 && !address.startsWith('/cards/new')) wrong.push(`${address}?${narrowed}: ${status}`);
        wrong.push(...told);
      }
    }
  }
  assert.equal(wrong, []);
});

/** Beside what a form asks: whose it is and which one. */
function theirIds() {
  const { id } = theirs.customer;
  const ids = { customer: id, customerId: id, customer_id: id, userId: theirs.user.id, contract: theirs.contract };
  return { ...ids, card: theirs.card, service: theirs.service.id, slug: theirs.service.slug, number: theirs.invoice };
}

gate('no form changes anything of theirs, at their address or with their ids at the stranger’s own', async () => {
  const before = await theirRows();
  assert.ok(before.length > 30, `${before.length} rows`);
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter(changes)) {
    if (takesValues(route) || isStaffs(route)) {
      const { status, wrong: told } = await ask(route, addressOf(route, theirs), formOf(route, theirs));
      const refused = isStaffs(route) ? [303, 403] : [404];
      if (!refused.includes(status)) wrong.push(`${nameOf(route)}: ${status}, not ${refused.join(' or ')}`);
      wrong.push(...told);
    }
    if (isStaffs(route)) continue;
    const address = addressOf(route, own);
    wrong.push(...(await ask(route, address, formOf(route, theirs), true)).wrong);
    wrong.push(...(await ask(route, address, { ...formOf(route, theirs), ...theirIds() })).wrong);
  }
  assert.equal(wrong, []);
  const after = await theirRows();
  const changed = [...before.filter((row) => !after.includes(row)), ...after.filter((row) => !before.includes(row))];
  assert.equal(changed, []);
});

gate.run();
