import { Browser, formTo } from '../../../../dev/launcher/browser.js';
import { signIn } from '../../../../dev/launcher/shopping.js';
import { Invoice } from '../../../../models/billing/invoice.js';
import { Payment } from '../../../../models/billing/payment.js';
import { Server } from '../../../../models/servers/server.js';
import { LaunchedShop, until } from '../../../support/launched-shop.js';
import type { BlockOf } from '../block.js';

/** Generous: the shop, its simulators and other work may share two cores. */
export const PATIENCE_MS = 420_000;

/** Processes of a launched shop by the names of their files. */
const parts = {
  worker: 'worker',
  web: 'shop',
  Temporal: 'workflows',
  PostgreSQL: 'database',
  collector: 'traffic-collector',
} as const;
export type Victim = keyof typeof parts | 'everything';

/** `kill -9`. One process is raised again by the launcher; all of them, the launcher too, by the next `npm start`. */
export async function kill(shop: LaunchedShop, victim: Victim): Promise<void> {
  if (victim !== 'everything') return shop.kill(parts[victim]);
  await shop.killEverything();
  await shop.start();
}

/** A shop of its own, checked against itself, the card provider and the cluster after each cell. */
export const ground: Pick<BlockOf<LaunchedShop>, 'kind' | 'open' | 'check' | 'close'> = {
  kind: 'real',
  open: () => LaunchedShop.open(),
  async check(shop) {
    let broken: string[] = ['not looked at yet'];
    const holds = async () => {
      broken = await shop.brokenBooks();
      return broken.length === 0;
    };
    await until(holds, 60_000, () => broken.join('\n')); // a process that was killed is given the time to come back
    return ['I1', 'I2', 'I3', 'I5', 'I6', 'I7', 'I8', 'I11'];
  },
  close: (shop) => shop.close(),
};

/** One of the two customers' people. */
export async function customerAt(shop: LaunchedShop, person = 0): Promise<Browser> {
  const browser = new Browser(shop.environment.PUBLIC_URL ?? '');
  await signIn(browser, shop.people[person] ?? shop.people[0]);
  return browser;
}

/** As a customer does whose page lost its answer: pays until the invoice says that it is paid. */
export async function payUntilPaid(shop: LaunchedShop, browser: Browser, { id, number }: Invoice): Promise<void> {
  const isPaid = async () => (await Invoice.query().findById(id))?.status === 'paid';
  const tried = async () => {
    if (await isPaid()) return true;
    await shop.pay(browser, { number } as Invoice).catch(() => {});
    return isPaid();
  };
  await until(tried, PATIENCE_MS, () => `${number} is not paid`);
}

/** The one payment of an invoice, or what there is instead. */
export async function insistOnOnePayment({ id, number }: Invoice): Promise<void> {
  const payments = await Payment.query().where({ invoiceId: id });
  if (payments.length !== 1) throw new Error(`${number} has ${payments.length} payments`);
}

/** Every machine in stock answers its first commands late, so that the step that asks it can be hit. */
export async function slowMachines(shop: LaunchedShop): Promise<void> {
  for (const { label } of await Server.query().where({ status: 'ready' }))
    await shop.tell('machines', `machines/${label}/faults`, { step: 'bmc', kind: 'slow', times: 1, delayMs: 4_000 });
}

export async function submit(browser: Browser, path: string, to: RegExp, typed: Record<string, string> = {}) {
  const page = await browser.get(path);
  return browser.submit(page, formTo(page, to), typed);
}
