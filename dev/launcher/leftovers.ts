import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process runs under this id; one that ended and was not yet taken note of does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !/\) Z /.test(readOr('', `/proc/${pid}/stat`));
}

/** With what it was started; empty when there is no such process. */
export function commandOf(pid: number): string {
  if (!isAlive(pid)) return '';
  const line = readOr('', `/proc/${pid}/cmdline`);
  if (line || process.platform === 'linux') return line.replaceAll('\0', ' ');
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Ids are given out again: a process is the one meant only when it was also started at the same moment. */
export function bornAt(pid: number): string {
  if (!isAlive(pid)) return '';
  const stat = readOr('', `/proc/${pid}/stat`);
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function readOr(otherwise: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
