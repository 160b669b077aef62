import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../../dev/launcher/cache.js';

const SOURCES = process.env.SNMP_AGENTS_SOURCE ?? '../shared/tools/snmp-agents';

/**
 * The program that pretends to be many switches: as SNMP_AGENTS names it, or built with Go from its sources; or
 * nothing.
 */
export async function agentsProgram(): Promise<string | undefined> {
  if (process.env.SNMP_AGENTS) return process.env.SNMP_AGENTS;
  const kept = join(await cacheFolder('snmp-agents'), 'agents');
  if (existsSync(kept)) return kept;
  if (!existsSync(SOURCES)) return undefined;
  const env = { ...process.env, GOFLAGS: '-mod=mod' };
  execFileSync('go', ['build', '-o', kept, '.'], { cwd: SOURCES, env, stdio: ['ignore', 'ignore', 'inherit'] });
  return kept;
}

export interface Agents {
  readonly ports: readonly number[];
  stop(): void;
}

/** So many switches with so many ports each, on UDP ports in a row. */
export async function startAgents(program: string, switches: number, portsEach: number, base: number): Promise<Agents> {
  const args = ['-n', switches, '-ports', portsEach, '-base', base, '-max', 1_400].map(String);
  const child = spawn(program, args, { stdio: 'ignore' });
  await pause(500);
  if (child.exitCode !== null) throw new Error(`UDP ports from ${base} on are taken`);
  return {
    ports: Array.from({ length: switches }, (_, index) => base + index),
    stop: () => void child.kill('SIGKILL'),
  };
}
