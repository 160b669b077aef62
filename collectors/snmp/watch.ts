import { setTimeout as pause } from 'node:timers/promises';
import type { Sealer } from '../../gateways/sealing.js';
import { accessTo } from '../../gateways/switch/access.js';
import type { SwitchReaders } from '../../gateways/switch/readers.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { DeviceLease } from '../../models/servers/device-lease.js';
import { deviceShare } from '../../rules/network/device-share.js';
import { Device } from './device.js';
import type { Keeper } from './keeper.js';

export interface WatchDeps {
  /** Unlike any other collector's, and another after each start. */
  readonly collector: string;
  readonly readers: SwitchReaders;
  readonly sealer: Sealer;
  readonly keeper: Keeper;
  readonly now: () => Date;
  readonly log: {
    warn(facts: object, message: string): void;
    info(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
}

interface Watched {
  readonly device: Device;
  /** How it is spoken to; where that changes it is begun anew. */
  readonly access: string;
  readonly stopping: AbortController;
  readonly done: Promise<void>;
}

const DEVICE = 'traffic:';
const COLLECTOR = 'collector:';
const HELD_MS = 45_000;
/** When many are begun at once, their tables of interfaces come one after the other. */
const APART_MS = 25;

/**
 * The switches that this collector reads: its share of all that there are, each by itself, so that none waits for
 * another.
 */
export class Watch {
  private readonly watched = new Map<string, Watched>();
  /** Whether it ever learned which devices are its own. */
  ready = false;

  constructor(private readonly deps: WatchDeps) {}

  get devices(): number {
    return this.watched.size;
  }

  /** Renews what is ours, takes what is free, gives back what is too much. Several times within a lease's length. */
  async claim(): Promise<void> {
    const { collector, now } = this.deps;
    const at = now();
    const until = new Date(at.getTime() + HELD_MS);
    await DeviceLease.takeMany([COLLECTOR + collector], collector, at, until);
    const collectors = (await DeviceLease.holders(COLLECTOR, at)).size;
    const switches = new Map((await SwitchDevice.query()).map((device) => [DEVICE + device.id, device]));
    const held = await DeviceLease.holders(DEVICE, at);
    const share = deviceShare({ devices: [...switches.keys()].sort(), held, collectors, own: collector });
    for (const name of share.giveBack) await this.giveBack(name);
    const ours = await DeviceLease.takeMany([...share.keep, ...share.take], collector, at, until);
    for (const name of this.watched.keys()) if (!ours.includes(name)) await this.leave(name);
    for (const name of ours) {
      const device = switches.get(name);
      if (device)
        await this.follow(name, device, ours.length * APART_MS).catch((error: unknown) => {
          this.deps.log.error({ err: error, switch: device.name }, 'a switch cannot be read');
        });
    }
    this.ready = true;
  }

  /** Leaves all devices, with everything remembered, to whoever is there. */
  async stop(): Promise<void> {
    const names = [...this.watched.keys()];
    await Promise.all(names.map((name) => this.leave(name)));
    await this.deps.keeper.keep();
    for (const name of [...names, COLLECTOR + this.deps.collector]) {
      await DeviceLease.giveBack(name, this.deps.collector);
    }
  }

  private async giveBack(name: string): Promise<void> {
    await this.leave(name);
    await this.deps.keeper.keep();
    await DeviceLease.giveBack(name, this.deps.collector);
  }

  private async leave(name: string): Promise<void> {
    const watched = this.watched.get(name);
    if (!watched) return;
    this.watched.delete(name);
    watched.stopping.abort();
    await watched.done;
    this.deps.keeper.take([], watched.device.readings());
  }

  private async follow(name: string, row: SwitchDevice, withinMs: number): Promise<void> {
    const access = JSON.stringify([row.host, row.port, row.version, row.communitySealed.toString('base64')]);
    if (this.watched.get(name)?.access === access) return;
    await this.leave(name);
    const { collector, readers, sealer, keeper, now, log } = this.deps;
    const device = new Device({
      switchId: row.id,
      reader: readers.reader(accessTo(row, sealer)),
      collector,
      now,
      handOver: (intervals, readings) => keeper.take(intervals, readings),
      note: (reading) => keeper.note(reading),
      log,
    });
    const stopping = new AbortController();
    this.watched.set(name, { device, access, stopping, done: this.read(device, row, withinMs, stopping.signal) });
  }

  /** Soon, and then at the device's own moment of each minute: not all of them at the same time. */
  private async read(
    device: Device,
    { id, name }: SwitchDevice,
    withinMs: number,
    stopping: AbortSignal,
  ): Promise<void> {
    const moment = Number.parseInt(id.slice(0, 8), 16);
    await pause(moment % withinMs, undefined, { signal: stopping }).catch(() => {});
    while (!stopping.aborted) {
      try {
        await device.poll();
      } catch (error) {
        this.deps.log.error({ err: error, switch: name }, 'a round failed');
      }
      const { periodMs } = device;
      const wait = periodMs - ((this.deps.now().getTime() + moment) % periodMs);
      await pause(wait, undefined, { signal: stopping }).catch(() => {});
    }
  }
}
