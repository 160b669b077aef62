import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHttpProbe, type Greeting } from '../../gateways/probe/probe.js';
import { Browser, type Page, UnexpectedPage } from './browser.js';
import type { SignIn } from './data.js';
import { payInvoice } from './first-payment.js';
import { metalConsole, signInAsTold } from './first-sign-in.js';
import { linksOf } from './html.js';
import { followOrder } from './order-timeline.js';
import type { ShopPlan } from './plan.js';
import { orderSomething, signIn } from './shopping.js';

const ANSWER_PATIENCE_MS = 60_000;

/** Placed once for a data folder. */
export function firstOrderIsDue(data: string): boolean {
  return !existsSync(join(data, 'first-order.json'));
}

/**
 * Orders a server as the first of the demo's customers would, through the public pages alone, and tells what happens. Throws
 * with the reason when it does not end with a running server that answers under its address.
 */
export async function placeFirstOrder(
  { data, environment, ports, metal }: Pick<ShopPlan, 'data' | 'environment' | 'ports' | 'metal'>,
  [customer]: readonly SignIn[],
  stopping: AbortSignal,
  say: (line: string) => void = console.log,
): Promise<void> {
  if (!customer) throw new Error('the demo shop has no customer who could order');
  const shop = environment.PUBLIC_URL ?? '';
  const browser = new Browser(shop);
  const hostName = `first-${randomBytes(2).toString('hex')}.northquay.example`;

  say(`The first order, placed by ${customer.who} through the pages:`);
  await signIn(browser, customer);
  const { landed, product } = await orderSomething(browser, hostName);
  const order = pathOn(landed, /^\/orders\/[^/]+$/);
  writeFileSync(join(data, 'first-order.json'), `${JSON.stringify({ order, hostName })}\n`);
  say(`  ${product} as ${hostName}: ${shop}${order}`);

  const invoice = pathOn(landed, /^\/invoices\/[^/]+$/);
  await payInvoice(browser, invoice, environment);
  say(`  paid ${shop}${invoice} by card`);

  const done = await followOrder(browser, order, stopping, (sentence) => say(`  ${sentence}`));
  const link = linksOf(done.html).find((href) => /^\/servers\/[^/]+$/.test(href));
  if (!link) throw new UnexpectedPage('the order ended without a server', done);
  const server = await browser.get(link);
  const { serial } = await insistOnAnswer(server, hostName, environment.PROBE_PROXY);
  const console = metal && metalConsole(data, ports, serial);
  if (console) await signInAsTold(browser, link, { console, hostName }, say);
  say(`It runs, and answers as ${hostName}: ${server.url.href}`);
}

/** Where the page is, or leads to. */
function pathOn(page: Page, pattern: RegExp): string {
  const path = [page.url.pathname, ...linksOf(page.html)].find((href) => pattern.test(href));
  if (!path) throw new Error(`${page.url.pathname} leads to nothing like ${pattern.source}`);
  return path;
}

/** Through the address that the page gives the customer. */
async function insistOnAnswer({ html, url }: Page, hostName: string, proxy: string | undefined): Promise<Greeting> {
  const addresses = [...new Set(html.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? [])];
  const probe = createHttpProbe(proxy ? { proxy } : {});
  for (const until = Date.now() + ANSWER_PATIENCE_MS; Date.now() < until; ) {
    for (const address of addresses) {
      const greeting = await probe.answers(address).catch(() => undefined);
      if (greeting?.hostname === hostName) return greeting;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(
    `${url.pathname} is there, but nobody answers as ${hostName} under ${addresses.join(', ') || 'no address'}`,
  );
}
