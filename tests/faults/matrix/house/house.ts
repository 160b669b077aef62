import { Client } from '@temporalio/client';
import { Model } from 'objection';
import { createActivities } from '../../../../activities/index.js';
import { startPromised } from '../../../../api/promised-process.js';
import { createBmcs } from '../../../../gateways/bmc/drivers.js';
import { createProcesses, ProcessesUnavailable, ProcessRefused } from '../../../../gateways/processes.js';
import { invariants } from '../../../../models/durable/invariants/all.js';
import { StaffTask } from '../../../../models/durable/staff-task.js';
import type { ProcessContract } from '../../../../workflows/messages/contract.js';
import { NoSuchStaffTask } from '../../../../workflows/messages/failures.js';
import { processOfTask, resolveStaffTask, type StaffAnswer } from '../../../../workflows/messages/staff-tasks.js';
import { assertBooksHold, assertHardwareStands } from '../../../support/books.js';
import { openDatabase } from '../../../support/database.js';
import { startPaymentSimulator } from '../../../support/payment-simulator.js';
import { timeSkippingCluster, workOnAllQueues } from '../../../support/temporal.js';
import { openWorkshop } from '../../../support/workshop.js';
import type { Step } from '../cell.js';
import { type Draw, drawOf } from '../draw.js';
import { WatchedActivities } from './activities.js';
import { Clock } from './clock.js';
import { type Fault, Misfortune, refused, type UsualCall } from './misfortune.js';
import { watchStatements } from './statements.js';
import { watchedGateways } from './watched-gateways.js';

export type House = Awaited<ReturnType<typeof openHouse>>;

/** How a process came to its end. */
export interface Ended<Result> {
  readonly result: Result;
  /** How often staff had something tried again. */
  readonly asked: number;
}

/** Steps that are taken as often as it needs: looking, and asking staff while somebody else may answer. */
const repeated = /^(look|watch|verify)|StaffTask$/;
const patient = { bmcs: createBmcs({ timeoutMs: 3_000 }), pace: { everyMs: 20, withinMs: 10_000 }, dipMs: 200 };

/**
 * The whole shop in one process: true rows, true activities, the card provider's and the hardware's simulators. Faults are
 * planned for runs before they begin. With `machines` the clock is the world's, since they take their time; without, it leaps.
 */
export async function openHouse({ machines = 0 } = {}) {
  const database = await openDatabase();
  watchStatements(Model.knex());
  const cluster = await timeSkippingCluster();
  const closing = new AbortController();
  const clock = new Clock(cluster, machines === 0);
  const client = new Client({ connection: cluster.connection }); // the cluster's own lets time leap for whoever awaits a result
  const processes = createProcesses(client, 20_000);
  const simulator = await startPaymentSimulator({ bankDelayMs: 100, patienceMs: 10_000 });
  const workshop = await openWorkshop(processes, undefined, { machines: Math.max(1, machines) });
  const { payments } = simulator;
  const now = () => new Date();
  const deps = watchedGateways({ ...workshop.deps, ...patient, payments, processes, now });
  const activities = new WatchedActivities(createActivities(deps));
  const workers = await workOnAllQueues(cluster, activities.all);

  async function openTask(workflowId: string): Promise<StaffTask | undefined> {
    return StaffTask.query().modify('open').findOne({ workflowId });
  }

  async function answer(workflowId: string, { id: taskId }: StaffTask, answer: StaffAnswer): Promise<void> {
    const resolution = { taskId, answer, staffId: 's1', note: 'seen to' } as const;
    try {
      await processes.update(processOfTask, { workflowId }, resolveStaffTask, resolution);
    } catch (error) {
      const gone = error instanceof ProcessRefused && error.refusal === NoSuchStaffTask; // what it waited for came by itself
      if (!gone && !(error instanceof ProcessesUnavailable)) throw error; // taken, and at it still
    }
  }

  return {
    ...{ clock, processes, simulator, workshop, client },
    mailbox: workshop.mailbox,
    stepsOf: (workflowId: string) => activities.stepsOf(workflowId),
    usualCalls: (workflowId: string, step: Step) => activities.callsOf(workflowId, step),

    /** A call of an activity, by chance one of those that the run makes of it, meets a fault. */
    befall(workflowId: string, step: Step, fault: Fault, usual: readonly UsualCall[], draw: Draw): Misfortune {
      const call = repeated.test(step) ? 0 : draw.number(usual.length);
      const misfortune = new Misfortune(fault, usual[call] ?? { moments: 0, touches: 'nothing' }, draw, closing.signal);
      activities.plan(workflowId, { step, call, misfortune });
      return misfortune;
    },

    conflictEverywhere: (workflowId: string) => activities.conflictEverywhere(workflowId),
    conflictsOf: (workflowId: string) => activities.conflictsOf(workflowId),

    /** Something else that is laid before staff on the way: the run's first call of the step, or a later one. */
    refuseOnce(workflowId: string, step: Step, call = 0): void {
      const usual = { moments: 0, touches: 'nothing' } as const;
      const misfortune = new Misfortune(refused, usual, drawOf(0, step), closing.signal);
      activities.plan(workflowId, { step, call, misfortune });
    },

    async start<Input extends object>(contract: ProcessContract<Input, unknown>, input: NoInfer<Input>): Promise<void> {
      const now = await clock.now();
      await startPromised({ processes, now: () => now }, contract as ProcessContract<Input>, input);
    },

    /** Sees a process through; what is laid before staff, they have tried again. */
    async ended<Input extends object, Result>(
      { workflowId }: ProcessContract<Input, Result>,
      input: NoInfer<Input>,
    ): Promise<Ended<Result>> {
      const handle = client.workflow.getHandle(workflowId(input));
      let asked = 0;
      await clock.until(`${workflowId(input)} ends`, async () => {
        const task = await openTask(handle.workflowId);
        if (task) {
          asked += 1;
          await answer(handle.workflowId, task, 'retry');
        }
        return (await handle.describe()).status.name !== 'RUNNING';
      });
      return { result: (await handle.result()) as Result, asked };
    },

    /** Staff are asked, and say so. */
    async decide(workflowId: string, decision: StaffAnswer): Promise<void> {
      await answer(workflowId, await clock.until('staff are asked', () => openTask(workflowId)), decision);
    },

    /** Whether any of its activities is out. */
    async isActing<Input extends object>({ workflowId }: ProcessContract<Input, unknown>, input: NoInfer<Input>) {
      const { raw } = await client.workflow.getHandle(workflowId(input)).describe();
      return (raw.pendingActivities?.length ?? 0) > 0;
    },

    /** Every invariant holds, the card provider knows of the same movements, and the hardware stands as our rows say. */
    async check(): Promise<readonly string[]> {
      await assertBooksHold(simulator);
      if (machines > 0) await assertHardwareStands({ ...workshop.deps, ...patient });
      return [...new Set(invariants.map(({ id }) => id))];
    },

    async close(): Promise<void> {
      closing.abort();
      await clock.stop();
      await workers.stop();
      await workshop.close();
      await cluster.teardown();
      await simulator.stop();
      await database.close();
    },
  };
}
