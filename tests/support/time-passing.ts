import { setTimeout as pause } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Duration } from 'luxon';
import type { Working } from './temporal.js';

const LOOK_MS = 50;
/** Workers that have had nothing to do for so long will get nothing to do before the next timer fires. */
const IDLE_MS = 1_000;
/** Its clock runs no faster than the world's while it is held. */
const LEAP_MS = 2_000;

export type Time = `${number} ${'minutes' | 'hours' | 'days'}`;

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
  while (!passed) if (await standsStill(cluster, workers, until, () => passed)) await setFree(cluster);
  await passing;
}

/** Nothing to do for a while, and no nearer to the end than the world's own time has brought it. */
async function standsStill(
  cluster: TestWorkflowEnvironment,
  workers: Working,
  until: number,
  passed: () => boolean,
): Promise<boolean> {
  const before = (await cluster.currentTimeMs()) - Date.now();
  for (let idle = 0; idle < IDLE_MS; idle += LOOK_MS) {
    await pause(LOOK_MS);
    if (passed() || !workers.idle()) return false;
  }
  const now = await cluster.currentTimeMs();
  return now < until && now - Date.now() - before < LEAP_MS && !passed();
}

/** Refused where the clock was set free meanwhile. */
async function setFree({ connection }: TestWorkflowEnvironment): Promise<void> {
  await connection.testService?.unlockTimeSkipping({}).catch(() => {});
}

function lengthOf(time: Time): number {
  const [count, unit = ''] = time.split(' ');
  return Duration.fromObject({ [unit]: Number(count) }).toMillis();
}
