import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { END_OF_FILE, type FileResult } from './results.js';

const LAST_WORDS_MS = 1_000;

export interface TestProcess {
  /** What the file printed, and how it ended; a file that takes too long or brings the process down has failed. */
  run(file: string, limitMs: number): Promise<{ output: string; result: FileResult }>;
  stop(): void;
}

/** A process that works through test files one at a time; one that was lost is replaced for the next file. */
export function startTestProcess(env: NodeJS.ProcessEnv): TestProcess {
  let child: ChildProcess | undefined;

  function living(): ChildProcess {
    if (child?.connected && child.exitCode === null && child.signalCode === null) return child;
    const stdio: ('ignore' | 'pipe' | 'ipc')[] = ['ignore', 'pipe', 'pipe', 'ipc'];
    child = spawn(process.execPath, ['dev/typescript.mjs', 'tests/support/work.ts'], { env, stdio });
    child.stdout?.setEncoding('utf8');
    child.stderr?.setEncoding('utf8');
    return child;
  }

  return {
    run(file, limitMs) {
      const worker = living();
      return new Promise((resolve) => {
        let output = '';
        const heard = (text: string) => {
          output += text;
          const [said = '', last] = output.split(END_OF_FILE);
          if (last?.includes('\n')) done(said, JSON.parse(last.split('\n', 1)[0] ?? ''));
        };
        const lost = () => failed('the process that ran it died');
        const late = setTimeout(async () => {
          worker.kill('SIGUSR2'); // it says what it is at, unless it is stuck altogether
          await pause(LAST_WORDS_MS);
          worker.kill('SIGKILL');
          child = undefined;
          failed(`not done after ${limitMs / 60_000} minutes`, true);
        }, limitMs);
        const failed = (why: string, late = false) => {
          done(`${output}\n  FAIL  ${file}: ${why}\n`, { file, passed: 0, failed: 1, skipped: 0, late });
        };
        const done = (said: string, result: FileResult) => {
          clearTimeout(late);
          worker.stdout?.off('data', heard);
          worker.stderr?.off('data', heard);
          worker.off('close', lost);
          resolve({ output: said, result });
        };
        worker.stdout?.on('data', heard);
        worker.stderr?.on('data', heard);
        worker.on('close', lost);
        worker.send(file);
      });
    },
    stop() {
      child?.kill('SIGKILL');
    },
  };
}
