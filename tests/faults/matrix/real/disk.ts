import { execFile } from 'node:child_process';
import { mkdir, open as openFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isRoot } from '../../../../dev/launcher/cache.js';
import { Payment } from '../../../../models/billing/payment.js';
import { bequeath } from '../../../support/last-will.js';
import { LaunchedShop, type Ordered, until } from '../../../support/launched-shop.js';
import { statusOf } from '../../../support/own-process.js';
import { type Block, block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, PATIENCE_MS, payUntilPaid } from './ground.js';

const run = promisify(execFile);
const place = join(tmpdir(), `quartermaster-disk-${process.pid}`);
const ballast = join(place, 'ballast');
/** A demo shop's database with its year of traffic takes 150 MB; the ballast takes the rest. */
const SIZE = '260m';
const BLOCK = Buffer.alloc(64 * 1_024);

let revoke = () => {};

/** PostgreSQL's files on a file system of their own, which is gone with this process, however that ends. */
async function open(): Promise<LaunchedShop> {
  await mkdir(place, { recursive: true });
  revoke = bequeath({ folder: place, mounted: true });
  await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', place]);
  return LaunchedShop.open(async (folder) => {
    await mkdir(join(place, 'postgres'));
    await symlink(join(place, 'postgres'), join(folder, 'postgres'));
    return [];
  });
}

async function close(shop: LaunchedShop): Promise<void> {
  await shop.close();
  await run('umount', [place]);
  await rm(place, { recursive: true });
  revoke();
}

/** To the last block, and again whenever something was given back. */
async function fill(): Promise<void> {
  const file = await openFile(ballast, 'a');
  try {
    for (const block of [BLOCK, BLOCK.subarray(0, 4_096)]) while (await file.write(block).catch(() => undefined));
  } finally {
    await file.close();
  }
}

const fullDisk: Cell<LaunchedShop> = {
  process: 'order',
  step: 'one is built, others are paid',
  fault: 'the disk of PostgreSQL is full',
  groups: ['F3'],
  features: ['WFL-06', 'BIL-05'],
  async run(shop) {
    const built = await shop.orderUnpaid('built.example');
    const unpaid: Ordered[] = [];
    for (const name of ['one', 'two', 'three']) unpaid.push(await shop.orderUnpaid(`${name}.example`));
    await shop.pay(built.browser, built.invoice);
    await fill();
    const refusal = await untilRefused(shop, unpaid);
    await pause(10_000); // provisioning goes on asking meanwhile
    await rm(ballast);
    const alone = await comesBack(shop);
    for (const { browser, invoice, order } of [built, ...unpaid]) {
      await payUntilPaid(shop, browser, invoice);
      await insistOnOnePayment(invoice);
      await shop.untilStatus(order, 'active', PATIENCE_MS);
    }
    return `pages said “${refusal}”; with room again it went on ${alone ? 'by itself' : 'after npm start'}, each charged once`;
  },
};

/** Customers go on paying until a page refuses; with what. Nobody was charged by then whose invoice is not paid. */
async function untilRefused(shop: LaunchedShop, unpaid: readonly Ordered[]): Promise<string> {
  let refusal = '';
  const tried = async () => {
    await fill();
    await Payment.knex()
      .raw('SELECT pg_switch_wal()')
      .catch(() => {}); // as much else is written elsewhere in a shop
    const visited = unpaid[0]?.browser.get(`/invoices/${unpaid[0].invoice.number}`);
    await visited?.catch((error: Error) => {
      refusal = /answered (5\d\d)/.exec(error.message)?.[1] ?? '';
    });
    return refusal !== '';
  };
  await until(tried, PATIENCE_MS);
  for (const { browser, invoice } of unpaid) {
    const paid = await shop.pay(browser, invoice).then(
      () => true,
      () => false,
    );
    if (paid) throw new Error(`${invoice.number} was taken money for without a place to write it`);
  }
  return refusal;
}

/** Whether it did so without anybody's hand, or everything was stopped, since PostgreSQL did not stay up. */
async function comesBack(shop: LaunchedShop): Promise<boolean> {
  const isReady = async () => (await statusOf(`${shop.environment.PUBLIC_URL}/readyz`)) === 200;
  await until(async () => !shop.isUp || (await isReady()), PATIENCE_MS);
  if (shop.isUp) return true;
  await shop.stop();
  await shop.start();
  return false;
}

const onOwnDisk = block({ name: 'a full disk', ...ground, open, close, cells: [fullDisk] });

export const disk: Block = {
  ...onOwnDisk,
  async run(...asked) {
    if (isRoot && process.platform === 'linux') return onOwnDisk.run(...asked);
    console.log('  skipped: only root on Linux may mount a small file system');
  },
};
