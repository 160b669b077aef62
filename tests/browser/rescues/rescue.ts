import * as assert from 'uvu/assert';
import { StaffTask } from '../../../models/durable/staff-task.js';
import type { StaffAnswer } from '../../../workflows/messages/staff-tasks.js';
import type { House } from '../../faults/matrix/house/house.js';
import { faultsOf } from '../../support/looking.js';
import type { StaffDesk } from '../../support/staff-desk.js';

/** A step that was laid before staff, and their answer. */
export type Decided = readonly [step: string, answer: StaffAnswer];

/** What was laid before staff on one process's way, decided in a browser. */
export interface Rescue {
  readonly name: string;
  readonly decided: readonly Decided[];
  run(house: House, desk: StaffDesk): Promise<void>;
}

interface AtWork {
  /** Of whoever asks staff. */
  readonly workflowId: string;
  /** Of whoever is over then, where it is another one. */
  readonly endOf?: string;
}

interface Story<Subject extends AtWork> {
  /** The features' ids, and what comes of it all. */
  readonly name: string;
  /** Words that the first task's page must say, whether beside the step, of what stands outside, or of an answer. */
  readonly reads?: readonly RegExp[];
  readonly decided: readonly Decided[];
  /** Rows, what is to be refused on the way, and the process begun. */
  begin(house: House): Promise<Subject>;
  /** What somebody sees to before they give their answer, by its place in the row of them. */
  readonly before?: Readonly<Record<number, (house: House, subject: NoInfer<Subject>) => Promise<void>>>;
  /** What goes on by itself once all is decided, until the process is over. */
  meanwhile?(house: House, subject: NoInfer<Subject>): Promise<void>;
  /** How it ended, in rows. */
  end(house: House, subject: NoInfer<Subject>): Promise<void>;
}

const lookedAt = new Set<string>();

export function rescue<Subject extends AtWork>(story: Story<Subject>): Rescue {
  const { name, decided, reads, begin, before, meanwhile, end } = story;
  return {
    ...{ name, decided },
    async run(house, desk) {
      const subject = await begin(house);
      const { workflowId, endOf = workflowId } = subject;
      await house.clock.during(async () => {
        for (const [place, [step, answer]] of decided.entries()) {
          const asked = `${workflowId} asks staff about ${step}, its ${place + 1}. question`;
          const task = await house.clock.until(asked, () => openTask(workflowId));
          assert.is(task.step, step, asked);
          await desk.open(task);
          await before?.[place]?.(house, subject);
          if (place === 0) for (const words of reads ?? []) assert.match(await desk.text(), words);
          const all = ['retry', 'skip', 'cancel'];
          assert.equal(await desk.offered(), task.skippable ? all : all.toSpliced(1, 1));
          if (!lookedAt.has(step)) assert.equal(await faultsOf(desk.page), [], step);
          lookedAt.add(step);
          await desk.decide(answer, `seen to: ${step}`);
        }
        await meanwhile?.(house, subject);
        await house.clock.until(`${endOf} ends`, () => isOver(house, endOf));
      });
      assert.is(await openTask(workflowId), undefined);
      await end(house, subject);
    },
  };
}

export function openTask(workflowId: string) {
  return StaffTask.query().modify('open').findOne({ workflowId });
}

export async function isOver({ client }: House, workflowId: string): Promise<boolean> {
  return (await client.workflow.getHandle(workflowId).describe()).status.name !== 'RUNNING';
}
