import * as assert from 'uvu/assert';
import type { Cell, Step } from '../cell.js';
import { stepFaults } from '../cell.js';
import type { House } from '../house/house.js';
import { type Fault, refused, type UsualCall } from '../house/misfortune.js';

/** One process from its beginning to its end, as it goes when nothing goes wrong, and what must be true then. */
export interface Story<Subject> {
  readonly process: string;
  /** The way it takes, in a few words. */
  readonly way: string;
  /** Activities of the process that are shown by this way. */
  readonly steps: readonly Step[];
  /** Steps whose failure is laid before staff. */
  readonly forStaff?: readonly Step[];
  readonly features: readonly string[];
  readonly groups: readonly `F${number}`[];
  /** Rows, before anything runs. */
  arrange(house: House): Promise<Subject>;
  workflowId(subject: Subject): string;
  /** Runs it to its end and asserts that all was done once; the end in words. */
  tell(house: House, subject: Subject): Promise<string>;
}

/** Each step of the story with each kind of fault. */
export function cellsOf<Subject>(story: Story<Subject>): readonly Cell<House>[] {
  const { process, steps, forStaff = [], features, groups } = story;
  const usual = new WeakMap<House, Promise<ReadonlyMap<Step, readonly UsualCall[]>>>();

  /** The story once without a fault: what each step does then is what a fault can interrupt. */
  function learned(house: House): Promise<ReadonlyMap<Step, readonly UsualCall[]>> {
    const known = usual.get(house) ?? learn(house);
    usual.set(house, known);
    return known;
  }

  async function learn(house: House): Promise<ReadonlyMap<Step, readonly UsualCall[]>> {
    const subject = await story.arrange(house);
    await house.clock.during(() => story.tell(house, subject));
    const workflowId = story.workflowId(subject);
    return new Map(steps.map((step) => [step, house.usualCalls(workflowId, step)]));
  }

  function cell(step: Step, fault: Fault): Cell<House> {
    return {
      ...{ process, step, fault, features, groups },
      async run(house, draw) {
        const calls = (await learned(house)).get(step) ?? [];
        assert.ok(calls.length > 0, `${process} takes ${step} on this way: ${story.way}`);
        const subject = await story.arrange(house);
        const misfortune = house.befall(story.workflowId(subject), step, fault, calls, draw);
        const outcome = await house.clock.during(() => story.tell(house, subject));
        assert.ok(misfortune.happened, 'the fault came about');
        await misfortune.over();
        return outcome;
      },
    };
  }

  const faulty = steps.flatMap((step) => stepFaults.map((fault) => cell(step, fault)));
  return [...faulty, ...forStaff.map((step) => cell(step, refused))];
}

/** F5: whatever its activities write is refused once, as PostgreSQL refuses one of two who are at the same rows. */
export function conflictCellOf<Subject>(story: Story<Subject>): Cell<House> {
  return {
    process: story.process,
    step: `every transaction: ${story.way}`,
    fault: 'cannot be serialized, the first time',
    groups: ['F5'],
    features: story.features,
    async run(house) {
      const subject = await story.arrange(house);
      const workflowId = story.workflowId(subject);
      house.conflictEverywhere(workflowId);
      const outcome = await house.clock.during(() => story.tell(house, subject));
      assert.ok(house.conflictsOf(workflowId) > 0, 'something was refused');
      return outcome;
    },
  };
}

/** The same words for what staff had to do with it. */
export function told(end: string, asked: number): string {
  return asked === 0 ? end : `${end}, after staff had it tried again`;
}
