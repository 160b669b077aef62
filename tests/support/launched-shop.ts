import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { Model } from 'objection';
import { compareWithProvider } from '../../activities/billing/provider-comparison.js';
import { compareHardware, hardwareOf } from '../../dev/check-books/hardware.js';
import { compareProcesses, runsOf, told } from '../../dev/check-books/processes.js';
import { listOfStripe } from '../../dev/check-books/provider.js';
import { demoSignIns } from '../../dev/demo/people.js';
import { Browser } from '../../dev/launcher/browser.js';
import type { SignIn } from '../../dev/launcher/data.js';
import { type Environment, shopEnvironment } from '../../dev/launcher/environment.js';
import { payInvoice } from '../../dev/launcher/first-payment.js';
import { isFree, type Ports, portsFrom } from '../../dev/launcher/ports.js';
import { secretsOf } from '../../dev/launcher/secrets.js';
import { orderSomething, signIn } from '../../dev/launcher/shopping.js';
import type { Runs } from '../../gateways/runs.js';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { connect } from '../../models/connection.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import { Order } from '../../models/orders/order.js';
import { bequeath } from './last-will.js';

const READY_WITHIN_MS = 240_000;

export type Prepare = (folder: string, ports: Ports) => Promise<readonly string[]>;

/** The whole shop as `npm start` starts it, each part a process of its own that may be killed. */
export class LaunchedShop {
  private launcher: ChildProcess | undefined;
  private said = '';
  private knex: Knex | undefined;
  private revoke = () => {};
  private cluster: Runs | undefined;

  private constructor(
    readonly folder: string,
    readonly ports: Ports,
    readonly environment: Environment,
    /** Two customers' people, and one of the staff. */
    readonly people: readonly [SignIn, SignIn, SignIn],
    private readonly more: readonly string[],
  ) {}

  /** `prepare` is given the empty data folder and the ports, and says with what else the shop is started. */
  static async open(prepare: Prepare = async () => []): Promise<LaunchedShop> {
    const folder = await mkdtemp(join(tmpdir(), 'quartermaster-shop-'));
    const ports = portsFrom(await freeBase());
    const more = await prepare(folder, ports);
    const secrets = await secretsOf(folder);
    const environment = shopEnvironment({}, { light: true, ports, secrets });
    const [one, other, staff] = demoSignIns(
      { passwords: secrets.demoPasswords, secondFactor: secrets.demoSecondFactor },
      environment.PUBLIC_URL ?? '',
    );
    if (!one || !other || !staff) throw new Error('the demo shop lacks people');
    const shop = new LaunchedShop(folder, ports, environment, [one, other, staff], more);
    await shop.start();
    return shop;
  }

  async start(): Promise<void> {
    const options = [
      '--data',
      this.folder,
      '--port-base',
      String(this.ports.web),
      '--no-first-order',
      '--light',
      ...this.more,
    ];
    this.said = '';
    const child = spawn(process.execPath, ['dev/start.mjs', ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.launcher = child;
    this.revoke();
    this.revoke = bequeath({ pid: child.pid, folder: this.folder });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk;
      });
    }
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code) => reject(new Error(`the shop ended with ${code}:\n${this.said}`)));
    });
    ended.catch(() => {});
    await Promise.race([
      until(
        () => this.said.includes('Ready in'),
        READY_WITHIN_MS,
        () => this.said,
      ),
      ended,
    ]);
    this.knex = connect(this.environment.DATABASE_URL ?? '');
    Model.knex(this.knex);
  }

  /** Ctrl-C, and the data folder goes too. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
    this.revoke();
  }

  /** Whether the launcher is there: it gives up when a part does not stay up. */
  get isUp(): boolean {
    return this.launcher?.exitCode === null && this.launcher.signalCode === null;
  }

  /** Ctrl-C: everything is kept for the next start. */
  async stop(): Promise<void> {
    await this.knex?.destroy();
    if (!this.isUp) return;
    const gone = new Promise((resolve) => this.launcher?.once('exit', resolve));
    this.launcher?.kill('SIGINT');
    await gone;
  }

  /** One part at once, without a word; the launcher raises it again. */
  async kill(part: string): Promise<void> {
    const { pid } = JSON.parse(await readFile(join(this.folder, 'running', `${part}.json`), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
  }

  /** Every process of the shop in one moment, the launcher too: a power cut. */
  async killEverything(): Promise<void> {
    await this.knex?.destroy();
    const notes = await readdir(join(this.folder, 'running'));
    const gone = new Promise((resolve) => this.launcher?.once('exit', resolve));
    const parts = notes.map((file) => file.replace('.json', ''));
    await Promise.all(parts.map((part) => this.kill(part).catch(() => {})));
    this.launcher?.kill('SIGKILL');
    await gone;
  }

  /** A server ordered and paid through the pages; its order's row. */
  async order(hostName: string): Promise<Order> {
    const { browser, order, invoice } = await this.orderUnpaid(hostName);
    await this.pay(browser, invoice);
    return order;
  }

  async pay(browser: Browser, { number }: Invoice): Promise<void> {
    await payInvoice(browser, `/invoices/${number}`, this.environment);
  }

  async attemptsOf({ id: invoiceId }: Invoice): Promise<number> {
    return PaymentAttempt.query().where({ invoiceId }).resultSize();
  }

  async orderUnpaid(hostName: string): Promise<Ordered> {
    const browser = new Browser(this.environment.PUBLIC_URL ?? '');
    await signIn(browser, this.people[0]);
    await orderSomething(browser, hostName);
    return placed(browser, hostName);
  }

  /** Tells a simulator of the outside world what to do next. */
  async tell(part: 'payments' | 'machines' | 'switches', path: string, body: object): Promise<void> {
    const url = `http://127.0.0.1:${this.ports[part]}/_sim/${path}`;
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  }

  /** How often a machine's power went off, as the machine itself counts. */
  async timesOff(label: string): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.machines}/_sim/machines/${label}`);
    const { log } = (await answer.json()) as { log: readonly { message: string }[] };
    return log.filter(({ message }) => message === 'Power state: Off').length;
  }

  async untilStatus(order: Order, status: Order['status'], withinMs = 180_000): Promise<void> {
    const now = async () => (await Order.query().findById(order.id).throwIfNotFound()).status;
    await until(
      async () => (await now()) === status,
      withinMs,
      async () => `${order.number} is ${await now()}`,
    );
  }

  get runs(): Runs {
    this.cluster ??= runsOf(this.environment);
    if (!this.cluster) throw new Error('the shop names no cluster');
    return this.cluster;
  }

  /** What does not hold, within and against the card provider, the cluster and the hardware; nothing where all does. */
  async brokenBooks(): Promise<string[]> {
    const { STRIPE_SECRET_KEY = '', STRIPE_API_URL } = this.environment;
    const provider = listOfStripe({ secretKey: STRIPE_SECRET_KEY, apiUrl: STRIPE_API_URL });
    const breaches = await findBreaches(Model.knex());
    const drifts = await compareProcesses(Model.knex(), this.runs);
    const hardware = hardwareOf(this.environment);
    const outside = hardware ? await compareHardware(Model.knex(), hardware) : [];
    const found = [...breaches, await compareWithProvider(Model.knex(), provider), ...outside];
    const rows = found.flatMap(({ invariant, rows = [] }) =>
      rows.map((row) => `${invariant.name} ${JSON.stringify(row)}`),
    );
    return [...drifts.map(told), ...rows];
  }
}

/** What was ordered, in the browser that it was ordered in. */
export interface Ordered {
  readonly browser: Browser;
  readonly order: Order;
  readonly invoice: Invoice;
}

export async function placed(browser: Browser, hostName: string): Promise<Ordered> {
  const order = await Order.query().joinRelated('lines').where('lines.hostName', hostName).first().throwIfNotFound();
  return { browser, order, invoice: await Invoice.query().findOne({ orderId: order.id }).throwIfNotFound() };
}

/** Looks again and again; what fails is looked at again; what it says when time is over is the reason. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
  state: () => string | Promise<string> = () => '',
): Promise<void> {
  let cause: unknown;
  for (const end = Date.now() + withinMs; Date.now() < end; await pause(200)) {
    try {
      if (await holds()) return;
    } catch (error) {
      cause = error;
    }
  }
  const last = await Promise.resolve(state()).catch(String);
  throw new Error(`it did not come to that within ${withinMs / 1000} s. ${last}`, { cause });
}

/** The first of ten free ports in a row, below those that systems take for connections of their own. */
async function freeBase(): Promise<number> {
  for (let base = 21_000 + (process.pid % 100) * 100; base < 32_700; base += 20) {
    const ports = [...new Set(Object.values(portsFrom(base)))]; // one number may stand for TCP and for UDP
    const free = await Promise.all(ports.flatMap((port) => [isFree(port), isFree(port, 'udp')]));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no ten free ports in a row');
}
