import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Carries out a last will: each line of standard input is the whole of it, and the last one counts when the input ends,
 * which it does with whoever wrote it, however they ended.
 */
const GOES_WITHIN_MS = 40_000;
const UNMOUNTED_WITHIN_MS = 5_000;
let will = [];
for await (const line of createInterface({ input: process.stdin })) will = JSON.parse(line);
await Promise.all(will.filter(({ mounted }) => !mounted).map(carryOut));
await Promise.all(will.filter(({ mounted }) => mounted).map(carryOut)); // nobody is at work there any more

async function carryOut({ pid, folder, mounted }) {
  if (pid && signal(pid, 'SIGINT')) {
    for (const until = Date.now() + GOES_WITHIN_MS; signal(pid, 0) && Date.now() < until; ) await pause(50);
    if (signal(pid, 0)) signal(pid, 'SIGKILL');
  }
  if (mounted) await unmount(folder);
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A file system that somebody still has a file on is taken off the tree at least. */
async function unmount(folder) {
  const umount = (...options) => spawnSync('umount', [...options, folder], { stdio: 'ignore' }).status === 0;
  for (const until = Date.now() + UNMOUNTED_WITHIN_MS; Date.now() < until; await pause(200)) if (umount()) return;
  umount('-l');
}

function signal(pid, what) {
  try {
    return process.kill(pid, what);
  } catch {
    return false; // gone already
  }
}
