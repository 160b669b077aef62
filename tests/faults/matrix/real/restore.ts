import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bmcOf } from '../../../../activities/servers/machines.js';
import { hardwareOf } from '../../../../dev/check-books/hardware.js';
import { stripeClient } from '../../../../gateways/payments/stripe-client.js';
import { StaffMember } from '../../../../models/accounts/staff-member.js';
import { Server } from '../../../../models/servers/server.js';
import { moveServer } from '../../../../models/servers/server-state.js';
import { type LaunchedShop, type Ordered, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, PATIENCE_MS, payUntilPaid } from './ground.js';

const run = promisify(execFile);

/** Folders of the data folder that one goes back to. */
type Store = 'postgres' | 'temporal';

/** With everything stopped, as a copy is made that is to be trusted. */
async function keepCopies(shop: LaunchedShop): Promise<void> {
  await shop.stop();
  for (const store of ['postgres', 'temporal']) {
    await rm(join(shop.folder, `${store}.copy`), { recursive: true, force: true });
    await run('cp', ['-a', join(shop.folder, store), join(shop.folder, `${store}.copy`)]);
  }
  await shop.start();
}

async function goBack(shop: LaunchedShop, store: Store): Promise<void> {
  await shop.stop();
  await rm(join(shop.folder, store), { recursive: true });
  await run('cp', ['-a', join(shop.folder, `${store}.copy`), join(shop.folder, store)]);
  await shop.start();
}

/** `npm run after-restore`, and what it prints; each of these must stand in it. */
async function afterRestore(shop: LaunchedShop, words: readonly string[], said: readonly string[]): Promise<void> {
  const where = ['--data', shop.folder, '--port-base', String(shop.ports.web)];
  const command = ['run', '-s', 'after-restore', '--', ...where, ...words];
  const { stdout } = await run('npm', command).catch((error: { stdout: string }) => error);
  for (const words of said) if (!stdout.includes(words)) throw new Error(`“${words}” was not said in:\n${stdout}`);
}

async function delivered(shop: LaunchedShop, { browser, order, invoice }: Ordered): Promise<void> {
  await payUntilPaid(shop, browser, invoice);
  await shop.untilStatus(order, 'active', PATIENCE_MS);
}

function providerOf({ environment }: LaunchedShop) {
  return stripeClient({ secretKey: environment.STRIPE_SECRET_KEY ?? '', apiUrl: environment.STRIPE_API_URL ?? '' });
}

/** What was taken for these invoices and not given back. After a way back a number may be given again. */
async function chargesFor(shop: LaunchedShop, ...ordered: readonly Ordered[]) {
  const { data } = await providerOf(shop).charges.list({ limit: 100 });
  const numbers = ordered.map(({ invoice }) => invoice.number);
  return data.filter(
    ({ metadata, status, refunded }) => status === 'succeeded' && !refunded && numbers.includes(metadata.invoice ?? ''),
  );
}

async function insistOnOneCharge(shop: LaunchedShop, ordered: Ordered): Promise<void> {
  const { length } = await chargesFor(shop, ordered);
  if (length !== 1) throw new Error(`${ordered.invoice.number} was charged ${length} times`);
}

/**
 * The younger order's machine still runs, under an address that is free by our rows, and no row knows for whom: the hardware's
 * check lists it, and staff switch it off and take it aside.
 */
async function takeOutOfStock(shop: LaunchedShop): Promise<void> {
  const listed = (await shop.brokenBooks()).join('\n');
  const [label, ...others] = new Set([...listed.matchAll(/"machine":"([^"]+)"/g)].map(([, machine]) => machine));
  if (!label || others.length > 0) throw new Error(`not one machine is listed:\n${listed}`);
  const hardware = hardwareOf(shop.environment);
  const { bmc } = await Server.query().findOne({ label }).withGraphFetched('bmc').throwIfNotFound();
  if (!hardware || !bmc) throw new Error(`${label} cannot be switched off`);
  await bmcOf(hardware, bmc).powerOff();
  const staff = await StaffMember.query().first().throwIfNotFound();
  const move = { from: 'ready', to: 'testing', reason: 'it runs for an order that is gone' } as const;
  const answer = await moveServer(label, move, { staff, address: '127.0.0.1', at: new Date() });
  if (answer !== 'moved') throw new Error(`${label} was not moved: ${answer}`);
}

const about = { process: 'order', groups: ['F4'], features: ['WFL-06', 'BIL-05'] } as const;

/** One order from before the copy and one from after it, both charged and delivered before the way back. */
const databaseBehind: Cell<LaunchedShop> = {
  ...about,
  step: 'an order older and one younger than the copy',
  fault: 'the database of yesterday, the cluster of today',
  async run(shop) {
    const older = await shop.orderUnpaid('older.example');
    await keepCopies(shop);
    await delivered(shop, older);
    const younger = await shop.orderUnpaid('younger.example');
    await delivered(shop, younger);
    await goBack(shop, 'postgres');
    const [taken] = await chargesFor(shop, younger);
    const behind = `decide by what its run came to, then --begin order:${older.order.id}`;
    await afterRestore(shop, [], ['to be booked', behind]);
    await afterRestore(shop, ['--mend'], ['booked on its invoice', 'LEFT: its invoice is gone', behind]);
    await providerOf(shop).refunds.create({ payment_intent: String(taken?.payment_intent) });
    await afterRestore(shop, ['--begin', `order:${older.order.id}`], ['begun again']);
    await shop.untilStatus(older.order, 'active', PATIENCE_MS);
    await insistOnOnePayment(older.invoice);
    await insistOnOneCharge(shop, older);
    await takeOutOfStock(shop);
    return 'both listed; the older booked, begun again and delivered, the younger paid back, its machine listed, switched off and taken out of stock; nothing charged twice';
  },
};

/** One was paid and delivered since the copy, and one was ordered: the cluster knows of neither. */
const clusterBehind: Cell<LaunchedShop> = {
  ...about,
  step: 'one delivered and one ordered since the copy',
  fault: 'the cluster of yesterday, the database of today',
  async run(shop) {
    const done = await shop.orderUnpaid('done.example');
    const collecting = () => shop.runs.last(`invoice-payment:${done.invoice.id}`);
    await until(async () => (await collecting())?.isBusy === false, PATIENCE_MS);
    await keepCopies(shop);
    await delivered(shop, done);
    const fresh = await shop.orderUnpaid('fresh.example');
    await goBack(shop, 'temporal');
    const closed = `invoice-payment:${done.invoice.id} is open in the cluster, and its row is closed`;
    const unknown = `order:${fresh.order.id} (${fresh.order.number}) is “awaiting_payment” by its row`;
    await afterRestore(shop, [], [closed, unknown]);
    await afterRestore(shop, ['--mend'], ['have it read its invoice again: done', 'begin it from its row: done']);
    await delivered(shop, fresh);
    for (const ordered of [done, fresh]) {
      await insistOnOnePayment(ordered.invoice);
      await insistOnOneCharge(shop, ordered);
    }
    return 'both listed; the one ended by its rows, the other begun from its row and delivered; nothing charged twice';
  },
};

export const restore = block({
  name: 'one store is restored, the others are not',
  ...ground,
  cells: [databaseBehind, clusterBehind],
});
