import { CancellationScope, isCancellation, log, patched } from '@temporalio/workflow';

interface Aside {
  readonly scope: CancellationScope;
  readonly ended: Promise<unknown>;
}

/** Of this run alone, as what waits at a stop is. */
const asides = new Set<Aside>();

/**
 * Does what the process goes on without: a letter, which a resting mail server may keep for hours. It belongs to the run
 * all the same, which does not continue afresh while it is out; when the run ends it is called off, and waited for.
 */
export function aside(act: () => Promise<unknown>): void {
  if (!patched('asides-end-with-their-run')) {
    act().catch(tellFailed);
    return;
  }
  const scope = new CancellationScope();
  const ended = scope
    .run(act)
    .catch(tellFailed)
    .finally(() => asides.delete(one));
  const one = { scope, ended };
  asides.add(one);
}

/** Whether anything that was begun aside is still out. */
export function isAsideOut(): boolean {
  return asides.size > 0;
}

/** What is not done yet has nothing to tell any more; what is on its way comes to its end first. */
export async function callOffAsides(): Promise<void> {
  for (const { scope } of asides) scope.cancel();
  await Promise.all([...asides].map(({ ended }) => ended));
}

function tellFailed(error: unknown): void {
  if (!isCancellation(error)) log.error('something begun aside failed', { error });
}
