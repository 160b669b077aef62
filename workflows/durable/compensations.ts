import { CancellationScope } from '@temporalio/workflow';
import { type Attempt, isGivenUp } from './human-step.js';

interface Compensation<Part> {
  readonly name: string;
  readonly part: Part;
  readonly undo: () => Promise<unknown>;
}

/**
 * What a process must undo when it comes to nothing. Registered before the act, so that each undoing succeeds where
 * nothing was done. One that cannot finish becomes a staff task; left by staff, the others still follow.
 */
export function compensations<Part extends string>(attempt: Attempt) {
  let registered: readonly Compensation<Part>[] = [];

  async function settle({ name, undo }: Compensation<Part>): Promise<void> {
    try {
      await attempt({ name, skippable: true }, undo);
    } catch (error) {
      if (!isGivenUp(error)) throw error;
    }
  }

  return {
    /** `name` as staff reads it, should it become their task. Registered again it is still undone once. */
    register(name: string, part: Part, undo: () => Promise<unknown>): void {
      registered = [...registered.filter((known) => known.name !== name), { name, part, undo }];
    },

    /** Last done, first undone; all of it, or one part. Goes on to the end even when the process itself is cancelled. */
    async undo(part?: Part): Promise<void> {
      const due = registered.filter((each) => part === undefined || each.part === part).reverse();
      registered = registered.filter((each) => !due.includes(each));
      await CancellationScope.nonCancellable(async () => {
        for (const each of due) await settle(each);
      });
    },
  };
}
