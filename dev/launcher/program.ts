import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Part } from './part.js';

export interface Program extends Omit<Part, 'start' | 'kind'> {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Throws, or answers false, while it is not there yet. */
  ready?(): Promise<boolean>;
  /** It sends a message over Node's channel instead of being asked. */
  readonly tellsWhenReady?: boolean;
  /** How long it may take to go when asked to. */
  readonly stopsWithinMs?: number;
}

export const root = join(import.meta.dirname, '../..');
const PATIENCE_MS = 90_000;

/** Of the environment, what any program needs; the rest is given by name. */
const inherited = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'LOG_LEVEL'];

/** A part that is a process of its own. It does not hear the terminal's Ctrl-C: the launcher stops parts in their order. */
export function program(described: Program): Part {
  const { command, env, ready, tellsWhenReady = false, stopsWithinMs = 15_000, ...part } = described;
  return {
    ...part,
    kind: 'embedded',
    async start({ log, cancelled, born }) {
      const child = spawned({ command, env }, log, tellsWhenReady);
      born(child.pid);
      let told = false;
      child.once('message', () => {
        told = true;
      });
      const stop = () => stopGroup(child, stopsWithinMs);
      try {
        await untilReady(child, async () => (tellsWhenReady ? told : (await ready?.()) === true), cancelled);
      } catch (error) {
        await stop();
        throw error;
      }
      return { child, stop };
    },
  };
}

type Command = Pick<Program, 'command' | 'env'>;

function spawned({ command, env = {} }: Command, log: number, channel: boolean): ChildProcess {
  const [executable = '', ...args] = command;
  return spawn(executable, args, {
    cwd: root,
    env: { ...Object.fromEntries(inherited.map((name) => [name, process.env[name]])), ...env },
    stdio: ['ignore', log, log, ...(channel ? ['ipc' as const] : [])],
    detached: true,
  });
}

/** A program that does one thing and ends; anything but 0 is a failure. */
export function finished(command: Command): (log: number) => Promise<void> {
  return (log) =>
    new Promise((resolve, reject) => {
      const child = spawned(command, log, false).once('error', reject);
      child.once('exit', (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`it failed (${signal ?? `exit code ${code}`})`));
      });
    });
}

/** A program of ours, in TypeScript. */
export function typescript(file: string, ...args: string[]): string[] {
  return [process.execPath, 'dev/typescript.mjs', file, ...args];
}

/** One of the product's processes, as `npm run worker` starts it. */
export function product(file: string, ...flags: string[]): string[] {
  return [process.execPath, ...flags, 'dev/compiled.mjs', file];
}

/**
 * A process that answers and polls, with the memory that `npm run web` and `npm run collector` give it: what it makes is
 * soon garbage, so little of it has to last; and several arenas of malloc would each keep some.
 */
export function modest(file: string): Required<Pick<Program, 'command' | 'env'>> {
  const flags = ['--max-semi-space-size=8', '--heap-growing-percent=75'];
  return { command: product(file, ...flags), env: { MALLOC_ARENA_MAX: '1' } };
}

async function untilReady(child: ChildProcess, ready: () => Promise<boolean>, cancelled: AbortSignal): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  child.once('exit', (code, signal) => {
    failure ??= new Error(`it ended at its start (${signal ?? `exit code ${code}`})`);
  });
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await pause(50)) {
    if (failure) throw failure;
    cancelled.throwIfAborted();
    if (await ready().catch(() => false)) return;
  }
  throw new Error(`it does not answer after ${PATIENCE_MS / 1_000} s`);
}

/** Asked first, and its own children with it; killed when it does not go. */
async function stopGroup(child: ChildProcess, withinMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => killGroup(pid), withinMs);
  await gone;
  clearTimeout(late);
}

export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // gone already
  }
}

/** Ready when a page of it answers at all. */
export async function answersHttp(url: string): Promise<boolean> {
  const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
  return status < 500;
}
