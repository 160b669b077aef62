import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { createActivities } from '../../activities/index.js';
import { createProcesses } from '../../gateways/processes.js';
import { testApp } from '../support/app.js';
import { aStaffMember } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { close, listening, originOf, startPaymentSimulator, WEBHOOK_SECRET } from '../support/payment-simulator.js';
import { timeSkippingCluster, workOnAllQueues } from '../support/temporal.js';
import { impatientStarts, passTime, type Time } from '../support/time-passing.js';
import { openWorkshop } from '../support/workshop.js';
import type { Dice } from './dice.js';

/** As many as a pretend switch has ports for. */
const MACHINES = 40;
const BANK_MS = 300;
/**
 * So long no activity ends after somebody changed their mind: the tests' cluster loses a run for good whose task asks to
 * cancel an activity that ended while the task was out (`processRequestCancelActivityTask` in its
 * `TestWorkflowMutableStateImpl`), which a real one bears.
 */
const MIND_CHANGES_MS = 1_500;

export type WalkShop = Awaited<ReturnType<typeof openWalkShop>>;
export type Activities = ReturnType<typeof createActivities>;

interface Trouble {
  on: boolean;
  activities: number;
  calmUntil: number;
}

/** The whole shop with its outside world; time is skipped, answers and workers get lost while it is `troubled`. */
export async function openWalkShop(dice: Dice) {
  const database = await openDatabase();
  const cluster = await timeSkippingCluster(impatientStarts);
  const processes = createProcesses(cluster.client, 20_000);
  let ahead = (await cluster.currentTimeMs()) - Date.now();
  const now = () => new Date(Date.now() + ahead);

  const front = express(); // heard before the shop is there, because the provider is told where
  const listener = await listening(front);
  const webhook = { url: `${originOf(listener)}/webhooks/stripe`, secret: WEBHOOK_SECRET };
  const simulator = await startPaymentSimulator({ webhook, bankDelayMs: BANK_MS });
  const workshop = await openWorkshop(processes, now, { machines: MACHINES, speed: 400 });
  const heard = { processes, payments: simulator.payments, now, logError: () => {} }; // a webhook may well get lost
  front.use(testApp(heard));

  const trouble: Trouble = { on: false, activities: 0, calmUntil: 0 };
  const activities = createActivities({ ...workshop.deps, now, payments: simulator.payments, processes });
  const workers = await workOnAllQueues(cluster, losing(activities, dice, trouble));

  return {
    ...{ processes, simulator, workshop, now, activities, trouble },
    staff: await aStaffMember({ name: 'Oksana Kovalenko' }),

    /** To be called right before. */
    mindChanges(): void {
      trouble.calmUntil = Date.now() + MIND_CHANGES_MS;
    },

    /** Lets timers fire and activities finish. */
    async pass(time: Time): Promise<void> {
      await passTime(cluster, workers, time);
      ahead = (await cluster.currentTimeMs()) - Date.now();
    },

    async close(): Promise<void> {
      await workers.stop();
      await workshop.close();
      await simulator.stop();
      await close(listener);
      await cluster.teardown();
      await database.close();
    },
  };
}

/** An activity now and then does its work, and dies before it can say so. */
function losing(activities: Activities, dice: Dice, trouble: Trouble): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (input: never) => {
      const result = await (activity as (input: never) => Promise<unknown>)(input);
      while (Date.now() < trouble.calmUntil) await pause(50);
      if (trouble.on && dice.chance(0.02, 'lost', ++trouble.activities)) throw new Error('the worker died');
      return result;
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
