import { existsSync } from 'node:fs';
import { suite, type Test } from 'uvu';

/** Begins the line in which a test says why it was left out; the runner repeats these lines at its end. */
export const SKIPPED = 'skipped: ';

/**
 * A suite that needs something this machine may lack. `missing` says what, in words; then none of its tests runs, and each
 * says so. With nothing missing it is a suite like any other.
 */
export function suiteUnless(missing: string | undefined, name: string): Test {
  const tests = suite(name);
  if (missing === undefined) return tests;
  const leftOut = Object.assign((test: string) => leaveOut(tests, name, test, missing), tests, {
    before: Object.assign(() => {}, { each: () => {} }),
    after: Object.assign(() => {}, { each: () => {} }),
    only: (test: string) => leaveOut(tests, name, test, missing),
  });
  return leftOut as Test;
}

function leaveOut(tests: Test, name: string, test: string, reason: string): void {
  console.log(`${SKIPPED}${name}: ${test}: ${reason}`);
  tests.skip();
}

/** The browser that pages are looked at with, or why there is none. */
export function chromium(): { path: string; missing?: undefined } | { path?: undefined; missing: string } {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const path = places.find((place) => place && existsSync(place));
  return path ? { path } : { missing: 'there is no Chromium here (apt-get install chromium, or set CHROMIUM)' };
}
