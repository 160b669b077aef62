import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { bequeath } from '../../tests/support/last-will.js';

export interface Served {
  readonly url: string;
  residentMb(): number;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;

/** One of our TypeScript programs as a process of its own that serves pages, once it answers. */
export async function served(file: string, port: number, path: string, env: NodeJS.ProcessEnv): Promise<Served> {
  const url = `http://127.0.0.1:${port}`;
  const runner = file.startsWith('api/') ? 'dev/compiled.mjs' : 'dev/typescript.mjs';
  const child = fork(runner, [file], {
    execArgv: ['--max-semi-space-size=8', '--heap-growing-percent=75'], // as `npm run web`
    env: { ...process.env, MALLOC_ARENA_MAX: '1', NODE_ENV: 'production', ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.once('exit', bequeath({ pid: child.pid }));
  for (const giveUpAt = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const answer = await fetch(url + path).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode === null && Date.now() < giveUpAt) continue;
    child.kill('SIGKILL');
    throw new Error(`${file} does not answer`);
  }
  return { url, residentMb: () => residentMb(child), stop: () => stop(child) };
}

function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1_024);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
