import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Cable } from '../machines/cable.js';
import type { MachinePapers } from '../machines/machine-list.js';
import { Computer } from './computer.js';
import { buildImages, imagesIn, offerImages } from './images.js';
import { type Button, startServiceProcessor } from './service-processor.js';
import { askThrough } from './wire.js';

export interface MetalOptions {
  readonly papers: MachinePapers;
  /** Where its disk and its service processor's memory lie. */
  readonly folder: string;
  readonly bmcPort: number;
  readonly consolePort: number;
  /** As the machine reaches the shop. */
  readonly netbootUrl: string;
  /** Folder of installers that the shop gives out, `<system>/kernel` and `<system>/initrd`. */
  readonly images: string;
  /** Where built installers are kept. */
  readonly cache: string;
  readonly cable: Cable;
}

/** Of the installer: until it is there the machine is good for nothing. */
export type ImagesState = 'building' | 'ready' | { readonly failed: string };

export type Metal = Awaited<ReturnType<typeof startMetal>>;

/** One machine in QEMU with its service processor; what was on when this ended goes on again. */
export async function startMetal({ papers, folder, cable, images, cache, ...ports }: MetalOptions) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { bmcPort, consolePort, netbootUrl } = ports;
  const wasOn = powerIn(folder);
  let queue = Promise.resolve();
  let state: ImagesState = 'building';
  void provideImages().then(
    () => {
      state = 'ready';
    },
    (error: unknown) => {
      state = { failed: error instanceof Error ? error.message : String(error) };
    },
  );

  const processor = await startServiceProcessor({ papers, folder, port: bmcPort, consolePort, press });
  const computer = new Computer({
    papers,
    folder,
    consolePort,
    netbootUrl,
    powerChanged(on) {
      processor.showPower(on);
      void cable.plug(papers, on).catch(() => undefined); // the switch may be away: its port is as it was
    },
  });
  if (wasOn) press('on');

  return {
    state: () => ({ id: papers.id, power: computer.isOn ? 'On' : 'Off', images: state }),
    async answer(url: URL, response: ServerResponse): Promise<boolean> {
      const { carries } = await cable.port(papers);
      return carries && askThrough(computer, url, response);
    },
    /** The machine loses its power, and is on again at the next start if it is now. */
    async close(): Promise<void> {
      await processor.stop();
      queue = queue.then(() => computer.off({ silently: true }));
      await queue;
    },
  };

  /** One button at a time, in the order in which they were pressed. */
  function press(button: Button): void {
    queue = queue.then(async () => {
      if (button === 'off') await computer.off();
      else if (button === 'reset') await computer.reset(processor.takeBootDevice());
      else if (!computer.isOn) await computer.on(processor.takeBootDevice());
    });
    queue = queue.catch((error: unknown) => console.error(`${papers.id}: ${button}: ${String(error)}`));
  }

  async function provideImages(): Promise<void> {
    const { folder: built, there } = imagesIn(cache);
    if (!there) await buildImages(built);
    await offerImages(built, images);
  }
}

function powerIn(folder: string): boolean {
  const file = join(folder, 'power');
  return existsSync(file) && readFileSync(file, 'utf8') === '1';
}
