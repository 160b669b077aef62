import type { PortReadingRow } from '../../models/network/port-reading.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';
import type { IntervalBuffer } from './interval-buffer.js';

/**
 * Keeps intervals, and only then what is remembered of their ports: whoever goes on from there can count no octet that was
 * not kept. A port's memory that is older than its intervals does no harm, since the same interval again replaces itself.
 */
export class Keeper {
  private readonly readings = new Map<string, PortReadingRow>();

  constructor(
    private readonly buffer: IntervalBuffer,
    private readonly remember: (readings: readonly PortReadingRow[]) => Promise<void>,
  ) {}

  take(intervals: readonly TrafficInterval[], readings: readonly PortReadingRow[]): void {
    this.buffer.add(intervals);
    for (const reading of readings) this.readings.set(reading.switchPortId, reading);
  }

  /** False while the store is away: everything waits. */
  async keep(): Promise<boolean> {
    const ripe = [...this.readings];
    if (!(await this.buffer.flush())) return false;
    await this.remember(ripe.map(([, reading]) => reading));
    for (const [portId, reading] of ripe) if (this.readings.get(portId) === reading) this.readings.delete(portId);
    return true;
  }
}
