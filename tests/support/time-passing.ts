import { setTimeout as pause } from 'node:timers/promises';
import type { ClientInterceptors } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Duration } from 'luxon';
import type { Working } from './temporal.js';

const LOOK_MS = 50;
/** A worker's answer that the cluster would not take is asked for again after this: until then it holds its clock rightly. */
const TASK_S = 3;
/** So long nobody has anything to do, and no answer is outstanding. */
const IDLE_MS = (TASK_S + 1) * 1_000;
const LEAP_TAKES_MS = 300;
/** Its clock runs no faster than the world's while it is held. */
const LEAP_MS = 2_000;

export type Time = `${number} ${'minutes' | 'hours' | 'days'}`;

const workflowTaskTimeout = { seconds: TASK_S as never }; // of a type that no package of ours brings

/** For a cluster whose time `passTime` lets pass. */
export const impatientStarts: ClientInterceptors = {
  workflow: [{ start: (input, next) => next({ ...input, options: { ...input.options, workflowTaskTimeout } }) }],
};

/**
 * Lets timers of a time-skipping cluster fire and activities finish, and sets its clock free when nobody else can: the
 * cluster holds it from a child's end until the parent has heard of it, and so for ever where the parent ended first
 * (`processCompleteWorkflowExecution` in the test server of Temporal's Java SDK).
 */
export async function passTime(cluster: TestWorkflowEnvironment, workers: Working, time: Time): Promise<void> {
  const until = (await cluster.currentTimeMs()) + lengthOf(time);
  let passed = false;
  const passing = cluster.sleep(time).finally(() => {
    passed = true;
  });
  let idleSince = Date.now();
  let lead = await leadOf(cluster);
  while (!passed) {
    await pause(LOOK_MS);
    if (!workers.idle()) idleSince = Date.now();
    if (Date.now() - idleSince < IDLE_MS) continue;
    const leadNow = await leadOf(cluster);
    const stands = leadNow - lead < LEAP_MS && Date.now() + leadNow < until;
    lead = leadNow;
    if (!stands || passed || !workers.idle()) continue;
    await setFree(cluster);
    await pause(LEAP_TAKES_MS);
  }
  await passing;
}

async function leadOf(cluster: TestWorkflowEnvironment): Promise<number> {
  return (await cluster.currentTimeMs()) - Date.now();
}

/** Of one of those who hold it. Refused where nobody does any more. */
async function setFree({ connection }: TestWorkflowEnvironment): Promise<void> {
  await connection.testService?.unlockTimeSkipping({}).catch(() => {});
}

function lengthOf(time: Time): number {
  const [count, unit = ''] = time.split(' ');
  return Duration.fromObject({ [unit]: Number(count) }).toMillis();
}
