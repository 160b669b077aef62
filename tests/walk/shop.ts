import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import type { WorkflowClient } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import express from 'express';
import { createActivities } from '../../activities/index.js';
import { createProcesses } from '../../gateways/processes.js';
import { provisioningUnwanted, serverProvisioning } from '../../workflows/messages/server-provisioning.js';
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
const LOOK_MS = 50;
/** So long the answer of an activity that ended is on its way, on busy cores too. */
const ANSWER_TAKES_MS = 300;

export type WalkShop = Awaited<ReturnType<typeof openWalkShop>>;
export type Activities = ReturnType<typeof createActivities>;

interface Trouble {
  on: boolean;
  activities: number;
  /** Runs whose activities do not end before they have heard that they are unwanted; and those that have. */
  readonly unheard: Set<string>;
  readonly heard: Set<string>;
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

  const trouble: Trouble = { on: false, activities: 0, unheard: new Set(), heard: new Set() };
  const activities = createActivities({ ...workshop.deps, now, payments: simulator.payments, processes });
  const workers = await workOnAllQueues(cluster, losing(activities, dice, trouble));

  return {
    ...{ processes, simulator, workshop, now, activities, trouble },
    staff: await aStaffMember({ name: 'Oksana Kovalenko' }),

    /**
     * Tells an order that it is unwanted. No activity of the run that prepares it ends before that run has heard: the
     * tests' cluster loses a run for good whose task asks to cancel an activity that ended while the task was out
     * (`processRequestCancelActivityTask` in its `TestWorkflowMutableStateImpl`), which a real one bears.
     */
    async changeMind(serviceId: string, tell: () => Promise<unknown>): Promise<void> {
      const workflowId = serverProvisioning.workflowId({ serviceId });
      let answered = false;
      trouble.unheard.add(workflowId);
      await pause(ANSWER_TAKES_MS);
      const telling = tell().finally(() => {
        answered = true;
      });
      const hearing = async () => {
        while (!answered && !trouble.heard.has(workflowId)) {
          await pause(LOOK_MS);
          if (await hasHeard(cluster.client.workflow, workflowId)) trouble.heard.add(workflowId);
        }
        trouble.unheard.delete(workflowId);
      };
      await Promise.all([telling, hearing()]);
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

/** Whether a task that began after the signal is over. */
async function hasHeard(client: WorkflowClient, workflowId: string): Promise<boolean> {
  const history = await client
    .getHandle(workflowId)
    .fetchHistory()
    .catch(() => undefined); // it has not begun
  let signalled = false;
  let begun = false;
  for (const event of history?.events ?? []) {
    signalled ||= event.workflowExecutionSignaledEventAttributes?.signalName === provisioningUnwanted.name;
    begun ||= signalled && !!event.workflowTaskStartedEventAttributes;
    if (begun && event.workflowTaskCompletedEventAttributes) return true;
  }
  return false;
}

/**
 * An activity now and then does its work, and dies before it can say so. Where its run has called it off it does not: the
 * tests' cluster loses a run whose activity fails and could be tried again after that, which a real one bears
 * (`workflows/servers/called-off.test.ts`).
 */
function losing(activities: Activities, dice: Dice, trouble: Trouble): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (input: never) => {
      const run = activityInfo().workflowExecution?.workflowId ?? '';
      const beganAfter = trouble.heard.has(run);
      const [ended] = await Promise.allSettled([(activity as (input: never) => Promise<unknown>)(input)]);
      while (trouble.unheard.has(run)) await pause(LOOK_MS);
      const calledOff = trouble.heard.has(run) && !beganAfter;
      if (ended.status === 'rejected') throw calledOff ? lastWord(ended.reason) : ended.reason;
      const lost = trouble.on && dice.chance(0.02, 'lost', ++trouble.activities);
      if (lost && !calledOff) throw new Error('the worker died');
      return ended.value;
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

/** As a real cluster takes it: nothing that was called off is tried again. */
function lastWord(error: unknown): ApplicationFailure {
  return ApplicationFailure.create({ message: String(error), nonRetryable: true });
}
