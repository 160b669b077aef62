import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Carries out a last will: each line of standard input is the whole of it, and the last one counts when the input ends,
 * which it does with whoever wrote it, however they ended.
 */
const GOES_WITHIN_MS = 40_000;
let will = [];
for await (const line of createInterface({ input: process.stdin })) will = JSON.parse(line);
await Promise.all(will.map(carryOut));

async function carryOut({ pid, folder }) {
  if (pid && signal(pid, 'SIGINT')) {
    for (const until = Date.now() + GOES_WITHIN_MS; signal(pid, 0) && Date.now() < until; ) await pause(50);
    if (signal(pid, 0)) signal(pid, 'SIGKILL');
  }
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function signal(pid, what) {
  try {
    return process.kill(pid, what);
  } catch {
    return false; // gone already
  }
}
