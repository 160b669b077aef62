import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Browser, UnexpectedPage } from '../../../../dev/launcher/browser.js';
import { orderSomething } from '../../../../dev/launcher/shopping.js';
import { Invoice } from '../../../../models/billing/invoice.js';
import { Payment } from '../../../../models/billing/payment.js';
import { ProcessStep } from '../../../../models/durable/process-step.js';
import { Order } from '../../../../models/orders/order.js';
import { type LaunchedShop, type Ordered, placed, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { customerAt, ground, kill, PATIENCE_MS, payUntilPaid } from './ground.js';

const ORDERS = 20;
const HANDS = 4;
/** Every machine that stands ready in the demo shop, by the page on which it is configured. */
const stock = [
  ...['quay-s2', 'quay-m4', 'quay-l8'],
  ...[
    'quay-s2?option_memory=64',
    'quay-m4?option_disks=1920',
    'quay-m4?option_memory=128',
    'quay-l8?option_memory=512',
  ],
  ...['quay-m4?option_memory=128&option_disks=1920', 'quay-m4?option_memory=192', 'quay-storage-12'],
  'quay-m4?option_memory=192&option_disks=1920',
].map((page) => `/catalogue/${page}`);

/** `npm run check-books`, as a person runs it. */
async function insistOnCleanBooks({ folder, ports }: LaunchedShop): Promise<void> {
  const words = ['run', '-s', 'check-books', '--', '--data', folder, '--port-base', String(ports.web)];
  await promisify(execFile)('npm', words);
}

async function inSteps(): Promise<number> {
  return ProcessStep.query().where({ process: 'serverProvisioning', status: 'running' }).resultSize();
}

/** The first machine that can be had; where two choose the last of a kind at once, one of them is told to choose another. */
async function somewhere(browser: Browser, hostName: string): Promise<Ordered> {
  for (const page of stock) {
    try {
      await orderSomething(browser, hostName, [page]);
      return await placed(browser, hostName);
    } catch (error) {
      if (!(error instanceof UnexpectedPage)) throw error;
    }
  }
  throw new Error(`no machine is left for ${hostName}`);
}

const powerCut: Cell<LaunchedShop> = {
  process: 'order',
  step: `${ORDERS} orders at once`,
  fault: 'kill -9 of everything',
  groups: ['F1', 'F16'],
  features: ['WFL-01', 'WFL-06'],
  async run(shop) {
    const ordered: Ordered[] = [];
    const paying: Promise<void>[] = [];
    const orderOn = async (hand: number) => {
      const browser = await customerAt(shop, hand % 2);
      for (let each = hand; each < ORDERS; each += HANDS) {
        await paying[hand]; // nobody may have many unpaid orders; the last one's payment is still under way at the end
        const one = await somewhere(browser, `cut-${each}.example`);
        ordered.push(one);
        paying[hand] = shop.pay(browser, one.invoice).catch(() => {});
      }
    };
    await Promise.all(Array.from({ length: HANDS }, (_, hand) => orderOn(hand)));
    await until(async () => (await inSteps()) >= 3, PATIENCE_MS);
    await kill(shop, 'everything');
    await Promise.all(paying);
    await insistOnCleanBooks(shop);
    for (const { browser, invoice } of ordered) await payUntilPaid(shop, browser, invoice);
    const ids = ordered.map(({ order }) => order.id);
    const closed = async () => (await Order.query().findByIds(ids).where({ status: 'active' }).resultSize()) === ORDERS;
    await until(closed, 3 * PATIENCE_MS, async () =>
      JSON.stringify(await Order.query().findByIds(ids).select('status')),
    );
    await insistOnCleanBooks(shop);
    const invoices = Invoice.query().whereIn('orderId', ids).select('id');
    const payments = await Payment.query().whereIn('invoiceId', invoices).resultSize();
    if (payments !== ORDERS) throw new Error(`${payments} payments of ${ORDERS} orders`);
    return `check-books clean after the next start; ${ORDERS} delivered, each charged once`;
  },
};

export const cut = block({ name: 'a power cut in the middle of many orders', ...ground, cells: [powerCut] });
