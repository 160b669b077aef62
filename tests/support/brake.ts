import { activityInfo } from '@temporalio/activity';
import { stopsOver } from '../../activities/durable/acting-outside.js';
import { askedAt } from '../../activities/durable/clock.js';
import type { StopKind } from '../../rules/durable/stops.js';
import { type Held, stopLifted } from '../../workflows/messages/stops.js';
import { until } from './hardware.js';

type Act = (...args: never[]) => unknown;

/** An emergency stop without rows, in front of activities that are stubs: what it holds is decided as it is in earnest. */
export function brake() {
  const standing = new Map<StopKind, string>();
  const held: string[] = [];
  const since = new Map<string, Date>();
  let set = 0;

  async function askFirst(name: string, args: readonly unknown[]): Promise<Held | undefined> {
    const kind = stopsOver(name, args)?.stops.find((each) => standing.has(each));
    const stopId = kind && standing.get(kind);
    const step = `${activityInfo().workflowExecution?.workflowId}:${name}`;
    if (!stopId) return void since.delete(step);
    held.push(name);
    since.set(step, since.get(step) ?? askedAt());
    return { heldAtStop: { stopId, kind, since: since.get(step)?.toISOString() ?? '' } };
  }

  return {
    /** Every time that an activity was held, in order. */
    held,

    guard<Activities extends object>(activities: Activities): Activities {
      const guarded = Object.entries(activities as Record<string, Act>).map(([name, act]) => [
        name,
        async (...args: never[]) => (await askFirst(name, args)) ?? act(...args),
      ]);
      return Object.fromEntries(guarded) as Activities;
    },

    set(kind: StopKind): void {
      standing.set(kind, `stop-${++set}`);
    },

    /** Nobody is told. */
    liftUnheard(kind: StopKind): void {
      standing.delete(kind);
    },

    /** As the release tells it. */
    async lift(kind: StopKind, handle: { signal(fact: typeof stopLifted, of: { stopId: string }): Promise<void> }) {
      const stopId = standing.get(kind) ?? '';
      standing.delete(kind);
      await handle.signal(stopLifted, { stopId });
    },

    release(): void {
      standing.clear();
      held.length = 0;
    },
  };
}

/** Waits for something that another part does in its own time, on a machine that may be busy with others. */
export function atLast(fact: () => boolean | Promise<boolean>): Promise<void> {
  return until(fact, 30_000);
}
