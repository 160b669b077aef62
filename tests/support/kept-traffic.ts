import type { MetricsStore, TrafficInterval, TrafficQuestion } from '../../gateways/metrics/metrics-store.js';
import { INTERVAL_SECONDS, secondsOf } from '../../rules/network/traffic.js';
import { folded } from '../../rules/network/traffic-points.js';

/** A metrics store in this process, which remembers what it was asked. */
export class KeptTraffic implements MetricsStore {
  private readonly kept: TrafficInterval[] = [];
  readonly asked: TrafficQuestion[] = [];

  async write(intervals: readonly TrafficInterval[]): Promise<void> {
    this.kept.push(...intervals);
  }

  async traffic(question: TrafficQuestion) {
    this.asked.push(question);
    const { portId, from, to, resolution } = question;
    const points = folded(
      this.kept.filter((each) => each.portId === portId),
      secondsOf[resolution],
    );
    return points.filter(({ startsAt }) => startsAt >= from && startsAt < to);
  }

  async housekeep(): Promise<void> {}

  async close(): Promise<void> {}
}

/** Whole intervals of a port, the same rates in each, in bits a second. */
export function steadily(portId: string, { from, to }: { from: Date; to: Date }, inBits: number, outBits: number) {
  const intervals: TrafficInterval[] = [];
  const octets = (bits: number) => Math.round((bits * INTERVAL_SECONDS) / 8);
  for (let at = from.getTime(); at < to.getTime(); at += INTERVAL_SECONDS * 1_000) {
    const counted = { inOctets: octets(inBits), outOctets: octets(outBits), seconds: INTERVAL_SECONDS };
    intervals.push({ portId, startsAt: new Date(at), ...counted });
  }
  return intervals;
}
