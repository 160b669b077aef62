import { Model } from 'objection';
import { sealNextBlock } from '../../models/billing/ledger-seal.js';
import type { Finding } from '../../models/durable/invariants/invariant.js';
import { asActivity } from '../support/workshop.js';
import { aWalkingCustomer, type WalkingCustomer } from './customer.js';
import { type Dice, diceOf } from './dice.js';
import { type Plan, planOf } from './plan.js';
import { openWalkShop, type WalkShop } from './shop.js';
import { answerTasks, decideDisputes, takeUpResting, wipeMachines } from './staff.js';
import { culprits, verdictOn } from './verdict.js';

/** Orders that are placed together. */
const WAVE = 25;
/** Waves after which those who stayed move out, since their machines are wanted. */
const STAY = 2;
/** A round of a week and a bit: cards are tried again, orders lapse, tasks come up. */
const ROUNDS = 3;
const LAST_ROUNDS = 12;

export interface Walk {
  readonly orders: number;
  readonly seed: string;
  readonly say: (line: string) => void;
}

export interface Outcome {
  readonly placed: number;
  readonly states: Readonly<Record<string, number>>;
  readonly broken: readonly (Finding & { readonly plans: readonly Plan[] })[];
}

/** Random orders of random people in a world with faults, all from one seed; then the books are checked. */
export async function walk({ orders, seed, say }: Walk): Promise<Outcome> {
  const dice = diceOf(seed);
  const shop = await openWalkShop(dice);
  const waves: WalkingCustomer[][] = [];
  try {
    for (let wave = 0; wave * WAVE < orders; wave++) {
      const numbers = Array.from({ length: Math.min(WAVE, orders - wave * WAVE) }, (_, index) => wave * WAVE + index);
      const plans = numbers.map((order) => planOf(seed, order));
      waves.push(await aWave(shop, dice, wave, plans, waves[wave - STAY] ?? []));
      say(`${waves.flat().length} of ${orders} orders: ${JSON.stringify(await orderStates())}`);
    }
    await settle(shop, dice);
    const customers = waves.flat();
    const broken = [];
    for (const finding of await verdictOn(shop)) {
      broken.push({ ...finding, plans: (await culprits(finding.rows, customers)).map(({ plan }) => plan) });
    }
    return { placed: customers.length, states: await orderStates(), broken };
  } catch (error) {
    say(error instanceof Error ? `${error.stack}` : String(error)); // first, because closing may fail too
    throw error;
  } finally {
    await shop.close();
  }
}

async function aWave(
  shop: WalkShop,
  dice: Dice,
  wave: number,
  plans: readonly Plan[],
  stayed: readonly WalkingCustomer[],
): Promise<WalkingCustomer[]> {
  trouble(shop, dice, wave);
  const placed = await Promise.all(plans.map((plan) => aWalkingCustomer(shop, plan)));
  const customers = placed.filter((customer) => customer !== undefined);
  await everybody(customers.map(liveThrough));
  await shop.pass('3 hours');
  await everybody(customers.map((customer) => customer.use()));
  for (let round = 0; round < ROUNDS; round++) await aRound(shop, dice, wave * ROUNDS + round, '4 hours');
  await everybody([...customers.map((customer) => customer.leave()), ...stayed.map((customer) => customer.moveOut())]);
  await aRound(shop, dice, wave, '9 days');
  await wipeMachines(shop);
  return customers;
}

/** Waits for all, whatever becomes of one; then that one's error counts. */
async function everybody(doings: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(doings)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function liveThrough(customer: WalkingCustomer): Promise<void> {
  const { changesMind } = customer.plan;
  if (changesMind === 'unpaid') return customer.changeMind();
  await customer.pay();
  if (changesMind === 'preparing') await customer.changeMind();
}

/** What schedules do, what staff do, and time. */
async function aRound(
  shop: WalkShop,
  dice: Dice,
  round: number,
  time: Parameters<WalkShop['pass']>[0],
  atLast = false,
): Promise<number> {
  const { startAccepted, tellCollectors } = shop.activities;
  for (const batch of [startAccepted, tellCollectors]) await asActivity(batch, shop.now());
  await sealNextBlock(Model.knex(), shop.now());
  await decideDisputes(shop, dice);
  const held = (await answerTasks(shop, dice, round, atLast)) + (await takeUpResting(shop, dice, round));
  await shop.pass(time);
  return held;
}

/** The world calms down, and time goes on until nothing more happens by itself. */
async function settle(shop: WalkShop, dice: Dice): Promise<void> {
  shop.trouble.on = false;
  shop.simulator.control.calm();
  for (let round = 0; round < LAST_ROUNDS; round++) {
    const held = await aRound(shop, dice, 1_000_000 + round, round % 2 ? '9 days' : '2 hours', round > LAST_ROUNDS / 2);
    if (held === 0 && round > 3 && (await orderStates()).awaiting_payment === undefined) break;
  }
}

/** One call in thirty goes wrong, in each of the ways in which calls do; some words of the provider never come. */
function trouble({ simulator: { control }, workshop, trouble }: WalkShop, dice: Dice, wave: number): void {
  trouble.on = true;
  control.calm();
  for (const kind of ['429', '500_before', '500_after', 'drop_before', 'drop_answer', 'timeout'] as const) {
    control.fault({ match: '* /v1/*', kind, chance: 0.006, seed: `${wave}`, times: 1_000 });
  }
  control.mischief({
    kind: dice.among(['lose', 'duplicate', 'reorder'] as const, 'mischief', wave),
    times: 10,
    amount: 3,
  });
  if (dice.chance(0.3, 'hard', wave)) control.decline('lost_card', 'insufficient_funds', 'stolen_card');
  const machines = workshop.servers.length;
  for (let order = 0; order < WAVE; order++) {
    const { machineFault } = planOf(`faults/${wave}/${dice.number(1_000_000, 'faults', wave)}`, order);
    const machine = 1 + dice.number(machines, 'machine', wave, order);
    if (machineFault) workshop.hardware.faults.set(`r1-${String(machine).padStart(2, '0')}`, machineFault);
  }
}

async function orderStates(): Promise<Record<string, number>> {
  const counted = await Model.knex()('orders').groupBy('status').orderBy('status').select('status').count('* as count');
  return Object.fromEntries(counted.map(({ status, count }) => [String(status), Number(count)]));
}
