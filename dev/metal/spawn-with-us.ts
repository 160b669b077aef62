import { type ChildProcess, spawn } from 'node:child_process';

/** A program that the kernel (Linux) ends when this process does, however that ends: a machine must not outlive its room. */
export function spawnWithUs(command: readonly string[], folder: string): ChildProcess {
  const whole = ['--pdeathsig', 'KILL', '--', ...command];
  return spawn('setpriv', whole, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}
