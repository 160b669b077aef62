import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { systems } from '../demo/products.js';
import { missingForMetal } from '../metal/packages.mjs';
import { progress } from '../progress.mjs';
import { cacheFolder } from './cache.js';
import { returnMetalToStock } from './data.js';
import type { Options } from './options.js';
import type { ShopPlan } from './plan.js';
import type { Ports } from './ports.js';

/** What is decided of the machine in QEMU before anything starts. */
export interface MetalPlan {
  /** The shop's folder of installers. */
  readonly images: string;
  readonly cache: string;
  /** Of the shop, as a machine in QEMU has this computer. */
  readonly netbootUrl: string;
}

const ways = ['NETBOOT_URL', 'NETBOOT_IMAGES', 'PROBE_PROXY'];
const BUILT_WITHIN_MS = 2 * 60_000;
const state = z.object({ images: z.union([z.literal(['building', 'ready']), z.object({ failed: z.string() })]) });

/** Nothing with `--light`, where its programs are missing, or where the environment leads machines and probes elsewhere. */
export async function planMetal(
  env: NodeJS.ProcessEnv,
  { data, light }: Pick<Options, 'data' | 'light'>,
  ports: Ports,
): Promise<MetalPlan | undefined> {
  if (light || ways.some((name) => env[name]) || missingForMetal()) return undefined;
  const images = join(data, 'netboot');
  for (const { key } of systems) namePlaces(join(images, key));
  return { images, cache: await cacheFolder('metal'), netbootUrl: `http://10.0.2.2:${ports.web}` };
}

/** Until the true ones are built, images that name themselves: enough for pretend machines. */
function namePlaces(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of ['kernel', 'initrd'].map((name) => join(folder, name))) {
    if (existsSync(file)) continue;
    rmSync(file, { force: true }); // a link into a cache that was emptied
    writeFileSync(file, 'Quartermaster installer\n');
  }
}

/** Waits for the installer and puts the machine into stock; where that fails, says so, and orders take others. */
export async function stockMetal(
  { ports, environment }: Pick<ShopPlan, 'ports' | 'environment'>,
  stopping: AbortSignal,
): Promise<void> {
  const machinesUrl = `http://127.0.0.1:${ports.machines}`;
  try {
    const images = await progress('Building the installer of the machine in QEMU, once', built(machinesUrl, stopping));
    if (images === 'ready') await returnMetalToStock(environment.DATABASE_URL ?? '');
    else throw new Error(images === 'building' ? 'its installer takes too long to build' : images.failed);
  } catch (error) {
    if (stopping.aborted) return;
    console.log(`The machine in QEMU stays out of stock: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function built(machinesUrl: string, signal: AbortSignal): Promise<z.infer<typeof state>['images']> {
  for (const until = Date.now() + BUILT_WITHIN_MS; Date.now() < until; await pause(250, undefined, { signal })) {
    const { images } = state.parse(await (await fetch(`${machinesUrl}/_sim/metal`, { signal })).json());
    if (images !== 'building') return images;
  }
  return 'building';
}
