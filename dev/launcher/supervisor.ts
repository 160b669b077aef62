import { setTimeout as pause } from 'node:timers/promises';
import type { Records } from './records.js';
import { type Started, startPart } from './shop.js';

const WINDOW_MS = 10 * 60_000;
const RESTARTS = 8;
const BREATH_MS = 1_000;

/** Raises a part that died, a few times; then it is for a person, and `gaveUp` is told the part's name. */
export function supervise(
  started: Started[],
  records: Records,
  stopping: AbortSignal,
  gaveUp: (part: string) => void,
): void {
  const watch = (index: number, deaths: readonly number[]) => {
    const one = started[index];
    one?.running.child?.once('exit', (code, signal) => {
      if (stopping.aborted) return;
      const { name } = one.part;
      console.log(`${name} died (${signal ?? `exit code ${code}`}); its log is ${records.logPath(name)}`);
      void raise(index, one, deaths, BREATH_MS);
    });
  };

  /** One that does not start at all is given more and more time: a disk may be full, a port not yet free. */
  async function raise(index: number, one: Started, deaths: readonly number[], breathMs: number): Promise<void> {
    const { name } = one.part;
    const recent = [...deaths, Date.now()].filter((at) => at > Date.now() - WINDOW_MS);
    if (recent.length > RESTARTS) return gaveUp(name);
    await pause(breathMs);
    if (stopping.aborted) return;
    try {
      started[index] = { ...one, running: await startPart(one.part, records, stopping) };
      console.log(`${name} is back`);
      watch(index, recent);
    } catch {
      if (!stopping.aborted) await raise(index, one, recent, 2 * breathMs);
    }
  }

  started.forEach((_, index) => {
    watch(index, []);
  });
}
