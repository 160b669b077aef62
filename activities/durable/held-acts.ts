import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { AutomationPulse } from '../../models/durable/automation-pulse.js';
import { type HeldAct, HeldStep } from '../../models/durable/held-step.js';
import type { Held } from '../../workflows/messages/stops.js';
import { actOutside, type EveryAct, stopsOver } from './acting-outside.js';
import { askedAt } from './clock.js';

type Act = (...args: never[]) => Promise<unknown>;

/**
 * The activities, of which each that acts outside asks the emergency stop first; stopped, it does nothing and says that
 * it is `Held`. One that has begun is not broken off. `now`: what this machine's clock says.
 */
export function underStops<Activities extends object>(
  activities: Activities,
  everyAct: EveryAct<Activities>,
  now: () => Date,
): Activities {
  const asking = Object.entries(activities as Record<string, Act>).map(([name, act]) => {
    const asks = async (...args: never[]) => (await heldNow(name, args, now)) ?? act(...args);
    return [name, everyAct[name as keyof Activities] === 'within' ? act : asks];
  });
  return Object.fromEntries(asking) as Activities;
}

async function heldNow(activity: string, args: readonly unknown[], now: () => Date): Promise<Held | undefined> {
  const over = stopsOver(activity, args);
  if (!over) return undefined;
  if (over.stops.includes('dunning')) await AutomationPulse.notice(now());
  const act = actOf(activity, args);
  const { stopped, waited } = await HeldStep.looked(over.stops, act);
  const heldAtStop = stopped && !isUnderWay(activity) ? await HeldStep.hold({ ...act, ...over }, askedAt()) : undefined;
  if (heldAtStop) return { heldAtStop };
  if (waited) await HeldStep.end(act, 'goes_on', askedAt());
  return undefined;
}

/** Which act of the asking process this is; ids alone are asked for, and a hash of them fits any column. */
export function actOf(activity: string, args: readonly unknown[]): HeldAct {
  const askedFor = createHash('sha256').update(JSON.stringify(args)).digest('base64url');
  return { workflowId: activityInfo().workflowExecution?.workflowId ?? '', activity, askedFor };
}

function isUnderWay(activity: string): boolean {
  return activityInfo().attempt > 1 && actOutside(activity)?.finishes === true;
}
