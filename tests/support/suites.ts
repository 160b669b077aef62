import type { Context, Test } from 'uvu';
import * as uvu from 'uvu';

export const { test, exec } = uvu;

type Hook<T> = Parameters<Test<T>['before']>[0];

/** What a `before` or `after` hook was rejected with; uvu itself forgets it. */
export const failedHooks: { suite: string; error: unknown }[] = [];

/** uvu's own suite, whose hooks are overheard; `work.ts` puts it in the place of uvu's. */
export function suite<T = Context>(name = '', context?: T): Test<T> {
  const tests = context === undefined ? uvu.suite<T>(name) : uvu.suite<T>(name, context);
  const overheard =
    (hook: Hook<T>): Hook<T> =>
    async (given) => {
      try {
        await hook(given);
      } catch (error) {
        failedHooks.push({ suite: name, error });
        throw error;
      }
    };
  const { before, after } = tests;
  tests.before = Object.assign((hook: Hook<T>) => before(overheard(hook)), { each: before.each });
  tests.after = Object.assign((hook: Hook<T>) => after(overheard(hook)), { each: after.each });
  return tests;
}
