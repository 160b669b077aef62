import { type ChildProcess, spawn } from 'node:child_process';

const BREATH_MS = 1_000;

/** A program that the kernel (Linux) ends when this process does, however that ends: a machine must not outlive its room. */
export function spawnWithUs(command: readonly string[], folder: string): ChildProcess {
  const whole = ['--pdeathsig', 'KILL', '--', ...command];
  return spawn('setpriv', whole, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Such a program, begun anew whenever it ends; answers with how to stop it. */
export function keepRunning(command: readonly string[], folder: string): () => Promise<void> {
  let stopping = false;
  let next: NodeJS.Timeout | undefined;
  let running: ChildProcess | undefined;
  const start = () => {
    const started = spawnWithUs(command, folder);
    running = started;
    const again = () => {
      running = undefined;
      if (!stopping) next = setTimeout(start, BREATH_MS);
    };
    started.once('exit', again).once('error', again);
  };
  start();
  return async () => {
    stopping = true;
    clearTimeout(next);
    const gone = running && new Promise((resolve) => running?.once('exit', resolve));
    if (running?.kill()) await gone;
  };
}
