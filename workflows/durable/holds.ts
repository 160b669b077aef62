import {
  type ActivityInput,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  type WorkflowInterceptors,
} from '@temporalio/workflow';
import type { StopActivities } from '../../activities/durable/stops.js';
import { waitAtStop } from '../../rules/durable/stops.js';
import { HeldBy } from '../messages/search-attributes.js';
import { type HeldAt, isHeld, stopLifted } from '../messages/stops.js';
import { callOffAsides } from './asides.js';
import { quick } from './patience.js';

const { leaveHold } = proxyActivities<StopActivities>(quick);

interface Hold {
  readonly input: ActivityInput;
  readonly scope: CancellationScope;
  readonly at: HeldAt;
  /** Nothing of it is on its way: left now, nothing was done. */
  resting: boolean;
}

interface Watch {
  readonly scope: CancellationScope;
  readonly onHold: () => void;
  heldMs: number;
}

/** Of this run alone: the cluster's workers give each run its modules anew. */
const holds = new Set<Hold>();
const watches = new Set<Watch>();
const lifted = new Set<string>();
let told: string | undefined;

/**
 * Makes every process wait at an emergency stop: an activity that was held there is asked anew once the stop is lifted,
 * and its process sees but the result. A process that is called off meanwhile leaves the stop.
 */
export function interceptors(): WorkflowInterceptors {
  return {
    inbound: [
      {
        async execute(input, next) {
          setHandler(stopLifted, ({ stopId }) => void lifted.add(stopId));
          try {
            return await next(input);
          } finally {
            await callOffAsides();
            for (const hold of holds) await leave(hold); // of what was begun before asides ended with their run
          }
        },
      },
    ],
    outbound: [
      {
        async scheduleActivity(input, next) {
          const result = await next(input);
          return isHeld(result) ? pastTheStop(input, result.heldAtStop) : result;
        },
      },
    ],
  };
}

async function pastTheStop(input: ActivityInput, at: HeldAt): Promise<unknown> {
  const hold: Hold = { input, at, scope: CancellationScope.current(), resting: true };
  holds.add(hold);
  showHold();
  try {
    await rest(hold);
    const again = proxyActivities<Record<string, (...args: unknown[]) => Promise<unknown>>>(input.options);
    return await again[input.activityType]?.(...input.args); // held again it comes back here by itself
  } finally {
    holds.delete(hold);
    showHold();
  }
}

async function rest(hold: Hold): Promise<void> {
  const { at, scope } = hold;
  const since = Date.now();
  const watching = [...watches].filter((watch) => watch.scope === scope);
  for (const { onHold } of watching) onHold();
  try {
    const wait = waitAtStop(since - Date.parse(at.since));
    await condition(() => lifted.has(at.stopId), wait, { summary: `until the stop is lifted: ${at.kind}` });
  } catch (error) {
    await leave(hold);
    throw error;
  } finally {
    hold.resting = false;
    for (const watch of watching) watch.heldMs += Date.now() - since;
  }
}

function leave({ input: { activityType: activity, args } }: Hold): Promise<void> {
  return CancellationScope.nonCancellable(() => leaveHold({ activity, args }));
}

/** Finds what waits at a stop in the Temporal UI; beside the stage, which goes on while a letter waits. */
function showHold(): void {
  const now = [...holds].at(-1)?.at.kind;
  if (now === told) return;
  told = now;
  upsertSearchAttributes([{ key: HeldBy, value: now ?? null }]);
}

/** Whether anything of this process waits at a stop. */
export function isWaitingAtStop(): boolean {
  return holds.size > 0;
}

/** Done; or left at a stop, where nothing was done. `heldMs`: how long it waited there. */
export type Unless<Result> = { readonly done: Result; readonly heldMs: number } | { readonly left: true };

/** Does it, unless a stop holds it and it is no longer wanted meanwhile. */
export async function unlessUnwantedWhileHeld<Result>(
  { unwanted, onHold }: { unwanted(): boolean; onHold(): void },
  act: () => Promise<Result>,
): Promise<Unless<Result>> {
  const watch: Watch = { scope: new CancellationScope(), onHold, heldMs: 0 };
  let over = false;
  let left = false;
  const isResting = () => [...holds].some(({ scope, resting }) => resting && scope === watch.scope);
  const watching = condition(() => over || (isResting() && unwanted())).then(() => {
    left = !over;
    if (left) watch.scope.cancel();
  });
  watching.catch(() => {}); // the process itself is being cancelled: `act` says so
  watches.add(watch);
  try {
    return { done: await watch.scope.run(act), heldMs: watch.heldMs };
  } catch (error) {
    if (left && isCancellation(error)) return { left: true };
    throw error;
  } finally {
    over = true;
    watches.delete(watch);
  }
}
