import { PortReading, type PortReadingRow } from '../../models/network/port-reading.js';
import { SwitchReading, type SwitchReadingRow } from '../../models/network/switch-reading.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';
import type { IntervalBuffer } from './interval-buffer.js';

/**
 * Keeps intervals, and only then what is remembered of their ports: whoever goes on from there can count no octet that was
 * not kept. A port's memory that is older than its intervals does no harm, since the same interval again replaces itself.
 */
export class Keeper {
  private readonly ports = new Map<string, PortReadingRow>();
  private readonly switches = new Map<string, SwitchReadingRow>();

  constructor(private readonly buffer: IntervalBuffer) {}

  take(intervals: readonly TrafficInterval[], readings: readonly PortReadingRow[]): void {
    this.buffer.add(intervals);
    for (const reading of readings) this.ports.set(reading.switchPortId, reading);
  }

  note(reading: SwitchReadingRow): void {
    this.switches.set(reading.switchId, reading);
  }

  /** False while the store is away: then ports wait with their intervals, and switches do not. */
  async keep(): Promise<boolean> {
    const [switches, ports] = [new Map(this.switches), new Map(this.ports)];
    const stored = await this.buffer.flush();
    await SwitchReading.keep([...switches.values()]);
    forget(this.switches, switches);
    if (!stored) return false;
    await PortReading.keep([...ports.values()]);
    forget(this.ports, ports);
    return true;
  }
}

/** What has changed meanwhile is kept the next time. */
function forget<Reading>(readings: Map<string, Reading>, kept: ReadonlyMap<string, Reading>): void {
  for (const [id, reading] of kept) if (readings.get(id) === reading) readings.delete(id);
}
