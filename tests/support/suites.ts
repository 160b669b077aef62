import type { Context, Test } from 'uvu';
import * as uvu from 'uvu';

export const { test, exec } = uvu;

type Hook<T> = Parameters<Test<T>['before']>[0];

/** What a `before` or `after` hook was rejected with; uvu itself forgets it. */
export const failedHooks: { suite: string; error: unknown }[] = [];

/** What uvu notes in a suite's context while it runs. */
type Noted = { readonly __suite__?: string; readonly __test__?: string };
const contexts: Noted[] = [];

/** The test that runs just now, as a person would name it. */
export function underWay(): string {
  const running = contexts.find(({ __test__ }) => __test__);
  return running ? `${running.__suite__}: ${running.__test__}` : 'between two tests';
}

/** uvu's own suite, whose hooks are overheard; `work.ts` puts it in the place of uvu's. */
export function suite<T = Context>(name = '', context = {} as T): Test<T> {
  const tests = uvu.suite<T>(name, context);
  contexts.push(context as Noted);
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
