import type { SwitchReader } from '../../gateways/switch/reader.js';
import { SwitchRefused, SwitchUnreachable } from '../../gateways/switch/switch.js';
import { PortReading, type PortReadingRow } from '../../models/network/port-reading.js';
import type { SwitchReadingRow } from '../../models/network/switch-reading.js';
import { abandoned, advance, type PortMemory } from '../../rules/network/port-memory.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';
import { groupsOf, type PortGroup, type PortRound, readCounters } from './counter-round.js';
import { type Port, readPortTable } from './port-table.js';

export interface DeviceDeps {
  readonly switchId: string;
  readonly reader: SwitchReader;
  readonly collector: string;
  readonly now: () => Date;
  /** Takes intervals that are over, and what is to be remembered once they are kept. */
  handOver(intervals: readonly TrafficInterval[], readings: readonly PortReadingRow[]): void;
  /** Takes how the device answered. */
  note(reading: SwitchReadingRow): void;
  readonly log: { warn(facts: object, message: string): void; info(facts: object, message: string): void };
}

const TABLE_EVERY_MS = 5 * 60_000;
const USUAL_PERIOD_MS = 60_000;
/** A 32-bit counter of a gigabit port goes round in 34 s (RFC 2863 §3.1.6). */
const NARROW_PERIOD_MS = 25_000;
const NARROW_FROM_MBIT = 500;

/** One switch as it is read each minute: what its ports counted becomes intervals, what they are is remembered. */
export class Device {
  private ports: readonly Port[] = [];
  private groups: readonly PortGroup<Port>[] = [];
  private memories: Map<string, PortMemory> | undefined;
  private tableReadAt: Date | undefined;
  private upSince: Date | null = null;
  private unreadable = 0;
  private failingSince: Date | null = null;
  private answeredAt: Date | null = null;

  constructor(private readonly deps: DeviceDeps) {}

  get periodMs(): number {
    const hurried = this.ports.some(
      ({ counterBits, speedMbit }) => counterBits === 32 && speedMbit >= NARROW_FROM_MBIT,
    );
    return hurried ? NARROW_PERIOD_MS : USUAL_PERIOD_MS;
  }

  /** One round. A device that is silent or talks nonsense is noted; what else fails is for the caller. */
  async poll(): Promise<void> {
    try {
      if (this.tableIsDue()) await this.renewTable();
      const { rounds, moved, unreadable } = await readCounters(this.deps.reader, this.groups, this.deps.now);
      if (moved > 0) this.tableReadAt = undefined;
      this.unreadable += unreadable;
      this.take(rounds);
      this.note(undefined);
    } catch (error) {
      if (!(error instanceof SwitchUnreachable || error instanceof SwitchRefused)) throw error;
      this.tableReadAt = undefined; // what comes back may be numbered anew
      this.letGo();
      this.note(error);
    }
  }

  /** All that whoever reads the device next goes on from. */
  readings(): PortReadingRow[] {
    return this.ports.flatMap((port) => this.rowOf(port) ?? []);
  }

  private tableIsDue(): boolean {
    return !this.tableReadAt || this.deps.now().getTime() - this.tableReadAt.getTime() >= TABLE_EVERY_MS;
  }

  /** Counting goes on by the last table while the inventory cannot be read: counters do not wait for our database. */
  private async renewTable(): Promise<void> {
    try {
      await this.readTable();
    } catch (error) {
      const ofDevice = error instanceof SwitchUnreachable || error instanceof SwitchRefused;
      if (ofDevice || this.groups.length === 0) throw error;
      this.deps.log.warn({ switchId: this.deps.switchId, err: error }, 'the inventory cannot be read');
    }
  }

  private async readTable(): Promise<void> {
    const { switchId, reader, now, log } = this.deps;
    const kept = this.memories ?? (await memoriesOf(switchId));
    this.memories = kept;
    const table = await readPortTable({ switchId, reader, now, identityOf: (id) => worded(kept.get(id)?.identity) });
    if (table.renumbered > 0) log.warn({ switchId, ports: table.renumbered }, 'a switch numbers its ports anew');
    [this.ports, this.upSince, this.unreadable] = [table.ports, table.upSince, table.unreadable];
    this.groups = groupsOf(this.ports);
    this.tableReadAt = now();
  }

  private take(rounds: readonly PortRound<Port>[]): void {
    const memories = this.memories ?? new Map<string, PortMemory>();
    const over: TrafficInterval[] = [];
    const told: Port[] = [];
    for (const { port, reading, link } of rounds) {
      const { portId, speedMbit } = port;
      const seen = { identity: port.identity ?? `${port.ifIndex}`, reading, speedMbit };
      const { memory, finished, outcome } = advance(memories.get(portId), seen);
      memories.set(portId, memory);
      for (const point of finished) over.push({ ...point, portId });
      if (outcome === 'restarted') this.tableReadAt = undefined;
      const changed = link !== port.link;
      if (changed) Object.assign(port, { link, linkSince: reading.at });
      if (changed || finished.length > 0 || outcome === 'first') told.push(port);
    }
    this.deps.handOver(
      over,
      told.flatMap((port) => this.rowOf(port) ?? []),
    );
  }

  /** The ports of a device that has been silent for too long end their intervals as they are. */
  private letGo(): void {
    const over: TrafficInterval[] = [];
    for (const [portId, memory] of this.memories ?? []) {
      const left = abandoned(memory, this.deps.now());
      this.memories?.set(portId, left.memory);
      for (const point of left.finished) over.push({ ...point, portId });
    }
    if (over.length > 0) this.deps.handOver(over, this.readings());
  }

  private note(failure: Error | undefined): void {
    const { switchId, collector, now, note, log } = this.deps;
    if (failure && !this.failingSince) log.warn({ switchId, err: failure }, 'a switch does not answer');
    if (!failure && this.failingSince) log.info({ switchId, since: this.failingSince }, 'a switch answers again');
    if (failure) this.failingSince ??= now();
    else [this.failingSince, this.answeredAt] = [null, now()];
    const said = { answeredAt: this.answeredAt, failingSince: this.failingSince, failure: failure?.message ?? null };
    note({ switchId, collector, ...said, upSince: this.upSince, unreadableValues: this.unreadable });
  }

  private rowOf({ portId, shown, link, linkSince }: Port): PortReadingRow | undefined {
    const memory = this.memories?.get(portId);
    if (!memory) return undefined;
    const { name, descr, alias, speedMbit, up, counterBits } = shown;
    const said = { name: name || descr, alias, speedMbit, up, counterBits };
    return { switchPortId: portId, readAt: memory.reading.at, link, linkSince, ...said, memory };
  }
}

/** Where an interface had no words to be known by, its number stands: that says nothing of where it is now. */
function worded(identity: string | undefined): string | undefined {
  return identity?.includes(':') ? identity : undefined;
}

async function memoriesOf(switchId: string): Promise<Map<string, PortMemory>> {
  const kept = await PortReading.query().modify('onSwitch', switchId);
  return new Map(kept.flatMap(({ switchPortId, memory }) => (memory ? [[switchPortId, memory] as const] : [])));
}
