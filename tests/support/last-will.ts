import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** What somebody started or made for this process alone. The program is asked first (SIGINT), and its folder goes after it. */
export interface Bequest {
  readonly pid?: number | undefined;
  readonly folder?: string;
  /** A file system is mounted there: it is unmounted first, after all programs are gone. */
  readonly mounted?: boolean;
}

const will = new Set<Bequest>();
let executor: ChildProcess | undefined;

/** Stopped and removed when this process ends without doing it, even by a SIGKILL; until what comes back is called. */
export function bequeath(bequest: Bequest): () => void {
  will.add(bequest);
  tell();
  return () => {
    will.delete(bequest);
    tell();
  };
}

/** In a session of its own: a Ctrl-C in the terminal does not reach it. It keeps nobody from ending. */
function tell(): void {
  if (!executor?.stdin?.writable) {
    const program = join(import.meta.dirname, 'executor.mjs');
    executor = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    executor.unref();
    (executor.stdin as typeof executor.stdin & { unref?: () => void }).unref?.();
  }
  executor.stdin?.write(`${JSON.stringify([...will])}\n`);
}
