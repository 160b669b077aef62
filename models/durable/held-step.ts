import { Model, type Transaction } from 'objection';
import type { Deed, StopKind } from '../../rules/durable/stops.js';
import type { HeldAt } from '../../workflows/messages/stops.js';
import { TimelineEntry } from '../timeline-entry.js';
import { EmergencyStop } from './emergency-stop.js';
import { heldAbout } from './held-about.js';
import { ProcessStep, type StepHeld } from './process-step.js';

/** One act of one process: what it was asked for tells two letters of a process apart. */
export type HeldAct = Pick<HeldStep, 'workflowId' | 'activity' | 'askedFor'>;

/** An act outside that waits at an emergency stop, as staff see it before they lift that. */
export class HeldStep extends Model {
  static override tableName = 'held_steps';
  static override idColumn = ['workflowId', 'activity', 'askedFor'];

  declare workflowId: string;
  declare activity: string;
  declare askedFor: string;
  declare stopId: string;
  /** Every kind of stop that holds it. */
  declare stops: StopKind[];
  declare deed: Deed;
  declare subjectType: string | null;
  declare subject: string | null;
  declare customerId: string | null;
  declare since: Date;
  declare toldAt: Date | null;

  /** Whether one of these stops stands now, and whether the act waited at one before: one statement, before every act. */
  static async looked(stops: readonly StopKind[], { workflowId, activity, askedFor }: HeldAct) {
    const { rows } = await HeldStep.knex().raw<{ rows: { stopped: boolean; waited: boolean }[] }>(
      `SELECT EXISTS (SELECT FROM emergency_stops WHERE lifted_at IS NULL AND kind = ANY(?)) AS stopped,
              EXISTS (SELECT FROM held_steps WHERE workflow_id = ? AND activity = ? AND asked_for = ?) AS waited`,
      [[...stops], workflowId, activity, askedFor],
    );
    return rows[0] ?? { stopped: false, waited: false };
  }

  /**
   * Lays the act down at the first stop that stands; nothing where it was lifted just now. Whoever lifts the stop waits
   * for this to be written, so that nothing comes to rest there unseen.
   */
  static async hold(act: HeldAct & Pick<HeldStep, 'stops' | 'deed'>, at: Date): Promise<HeldAt | undefined> {
    const about = await heldAbout(act.workflowId); // before the transaction: many who hold one must not each wait for another
    return HeldStep.transaction(async (trx) => {
      const standing = EmergencyStop.query(trx).modify('standing').whereIn('kind', act.stops).forShare();
      const stop = await standing.first();
      if (!stop) return undefined;
      const { workflowId, activity, askedFor } = act;
      const known = await HeldStep.query(trx).findById([workflowId, activity, askedFor]);
      if (known) await known.$query(trx).patch({ stopId: stop.id, toldAt: null });
      else await HeldStep.lay(act, about, { stopId: stop.id, since: at }, trx);
      return { stopId: stop.id, kind: stop.kind, since: (known?.since ?? at).toISOString() };
    });
  }

  private static async lay(
    act: HeldAct & Pick<HeldStep, 'stops' | 'deed'>,
    { timeline, steps, subjectType, subject, customerId }: Awaited<ReturnType<typeof heldAbout>>,
    { stopId, since }: Pick<HeldStep, 'stopId' | 'since'>,
    trx: Transaction,
  ): Promise<void> {
    await HeldStep.query(trx).insert({ ...act, stopId, subjectType, subject, customerId, since });
    if (steps) await ProcessStep.hold(watched(steps, act), since, trx);
    if (timeline) await tell(timeline, `held.${act.deed}`, since, trx);
  }

  /** It waits no more: it is about to be done, or is not wanted any longer. Twice changes nothing. */
  static async end(act: HeldAct, why: 'goes_on' | 'unwanted', at: Date): Promise<void> {
    const { workflowId, activity, askedFor } = act;
    const { timeline, steps } = await heldAbout(workflowId);
    await HeldStep.transaction(async (trx) => {
      const row = await HeldStep.query(trx).findById([workflowId, activity, askedFor]).forUpdate();
      if (!row) return;
      await row.$query(trx).delete();
      if (steps) await ProcessStep.goOn(watched(steps, row), at, trx);
      if (timeline && why === 'goes_on') await tell(timeline, `resumed.${row.deed}`, at, trx);
    });
  }
}

/** Of a process's letters people watch one: the welcome. The others hold nobody up. */
function watched(steps: StepHeld, { deed }: Pick<HeldStep, 'deed'>): StepHeld {
  return deed === 'letter' ? { ...steps, step: 'welcome' } : steps;
}

async function tell(
  [subjectType, subjectId]: NonNullable<Awaited<ReturnType<typeof heldAbout>>['timeline']>,
  event: string,
  happenedAt: Date,
  trx: Transaction,
): Promise<void> {
  await TimelineEntry.tell({ subjectType, subjectId, event, actor: 'process', happenedAt }, trx);
}
