import type { MetricsStore, TrafficInterval } from '../../gateways/metrics/metrics-store.js';
import { PortAssignment } from '../../models/network/port-assignment.js';
import { Server } from '../../models/servers/server.js';
import { Service } from '../../models/services/service.js';
import { startOf } from '../../rules/network/traffic.js';
import { sentAt } from '../machines/traffic.js';

const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** When nobody measured: as long before now, for so long. */
const gaps = [
  { agoMs: 5 * DAY + 9 * HOUR, forMs: 25 * 60_000 },
  { agoMs: 41 * DAY, forMs: 7 * HOUR },
  { agoMs: 190 * DAY, forMs: 30 * HOUR },
];
/** When the machine itself stood still: measured, and nothing passed. */
const standstill = { agoMs: 73 * DAY, forMs: 2 * HOUR };

/**
 * The traffic of the demo's servers since they were handed over, a year of it at most; once, where there is none yet.
 */
export async function seedTraffic(store: MetricsStore, now: Date): Promise<void> {
  const services = await Service.query().where({ status: 'active' }).whereNotNull('activeAt').orderBy('activeAt');
  for (const { id, activeAt } of services) {
    const held = await PortAssignment.query().modify('heldBy', id).first();
    const server = held && (await Server.query().findOne({ switchPortId: held.switchPortId }));
    if (!held || !server || !activeAt) continue;
    const portId = held.switchPortId;
    const from = new Date(Math.max(activeAt.getTime(), now.getTime() - YEAR));
    if ((await store.traffic({ portId, from, to: now, resolution: 'day' })).length > 0) return;
    await store.write(history({ portId, serial: server.serial }, from, now));
  }
}

/** Every whole interval of the time: what the machine would have sent, less of it the longer ago. */
export function history(
  { portId, serial }: { portId: string; serial: string },
  from: Date,
  now: Date,
): TrafficInterval[] {
  const intervals: TrafficInterval[] = [];
  const end = startOf('interval', now).getTime();
  for (let start = startOf('interval', from).getTime() + FIVE_MINUTES; start < end; start += FIVE_MINUTES) {
    const ago = end - start;
    if (gaps.some((gap) => within(ago, gap))) continue;
    const grown = 1 - 0.55 * (ago / YEAR);
    const bursting = 1 + 0.9 * noise(start, serial) ** 6;
    const rate = within(ago, standstill) ? 0 : sentAt(new Date(start + 150_000), serial) * grown * bursting;
    const outOctets = Math.round(rate * 300);
    const inOctets = Math.round((outOctets / 6) * (0.8 + 0.4 * noise(start + 1, serial)));
    intervals.push({ portId, startsAt: new Date(start), inOctets, outOctets, seconds: 300 });
  }
  return intervals;
}

function within(ago: number, { agoMs, forMs }: { agoMs: number; forMs: number }): boolean {
  return ago <= agoMs && ago > agoMs - forMs;
}

/** From 0 to 1, the same each time for the same moment. */
function noise(at: number, serial: string): number {
  const mixed = Math.sin(at / 300_000 + serial.length * 12.9898) * 43_758.5453;
  return mixed - Math.floor(mixed);
}
