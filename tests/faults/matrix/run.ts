import { spawnSync } from 'node:child_process';
import { startCluster } from '../../support/cluster.js';
import { surroundings } from '../../support/surroundings.js';
import type { Block, Result } from './block.js';
import { nameOf, type Place } from './cell.js';

/** Cells of one block that are to be run. */
export interface Chosen {
  readonly block: Block;
  readonly places: readonly Place[];
}

const SILENT_MS = 300_000;

export type Tell = (block: Block, place: Place, result: Result) => void;

/**
 * Runs them block by block, and tells each result with how far it has come. A block whose ground cannot be opened, or
 * closed, keeps no other from being run. Stopped by a signal, shops and file systems that cells have opened
 * go with this process, within a minute, as they would if it were killed (`last-will.ts`).
 */
export async function runAll(chosen: readonly Chosen[], seed: number, keep: Tell): Promise<number> {
  const all = chosen.reduce((sum, { places }) => sum + places.length, 0);
  const told = new Map<string, boolean>();
  const say = sayingHowFar(() => `${told.size}/${all}`);
  console.log(`${all} cells, seed ${seed}`);
  const cluster = await startCluster();
  Object.assign(process.env, await surroundings(), { TEST_POSTGRES: cluster.url });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      say('stopped; whatever still runs is gone within a minute');
      killTestServers();
      process.exit(130);
    });

  const tell = (block: Block, place: Place, result: Result) => {
    const name = nameOf(place);
    const holds = !('failure' in result);
    told.set(name, holds);
    keep(block, place, result);
    say(holds ? `${name}: ${result.outcome}` : `FAILED  ${name}`);
    if (!holds) console.error(result.failure, `\n  once more: --seed ${seed} --only '${name}'`);
  };
  for (const { block, places } of chosen) {
    say(block.name);
    try {
      await block.run(places, seed, (place, result) => tell(block, place, result));
    } catch (failure) {
      for (const place of places) if (!told.has(nameOf(place))) tell(block, place, { failure });
    }
  }
  await cluster.stop();
  const failed = [...told.values()].filter((holds) => !holds).length;
  say(`${told.size - failed} hold, ${failed} do not; seed ${seed}`);
  return failed === 0 ? 0 : 1;
}

/** Lines that begin with the minutes since now and how far it has come; one every five minutes where nothing is said. */
function sayingHowFar(howFar: () => string): (words: string) => void {
  const began = Date.now();
  const say = (words: string) => {
    const minutes = Math.floor((Date.now() - began) / 60_000);
    console.log(`${String(minutes).padStart(3)} min  ${howFar()}  ${words}`);
    silence.refresh();
  };
  const silence = setInterval(() => say('…'), SILENT_MS).unref();
  return say;
}

/** The cluster of a house is a child of ours that outlives us, and whose number nobody tells. */
function killTestServers(): void {
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout.split('\n');
  for (const line of listed) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (parent === process.pid && pid && line.includes('temporal')) process.kill(pid, 'SIGKILL');
  }
}
