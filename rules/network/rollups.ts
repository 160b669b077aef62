import { INTERVAL_SECONDS, type Resolution, secondsOf, startOf, type TrafficInterval } from './traffic.js';

/** Points of some ports, side by side, that are to be worked out anew from finer ones. */
export interface Span {
  readonly portIds: readonly string[];
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** The hours, or days, that these intervals fall into; those that stand side by side are one span. */
export function touchedSpans(intervals: readonly TrafficInterval[], resolution: Resolution): Span[] {
  const length = secondsOf[resolution] * 1_000;
  const portsAt = new Map<number, Set<string>>();
  for (const { portId, startsAt } of intervals) {
    const start = startOf(resolution, startsAt).getTime();
    portsAt.set(start, (portsAt.get(start) ?? new Set()).add(portId));
  }
  const spans: { ports: Set<string>; from: number; to: number }[] = [];
  for (const [from, ports] of [...portsAt].sort(([one], [other]) => one - other)) {
    const last = spans.at(-1);
    if (last?.to === from) {
      last.to = from + length;
      for (const port of ports) last.ports.add(port);
    } else spans.push({ ports: new Set(ports), from, to: from + length });
  }
  return spans.map(({ ports, from, to }) => ({ portIds: [...ports], from: new Date(from), to: new Date(to) }));
}

/** Each interval once: where one comes twice, the later one counts. */
export function withoutDuplicates(intervals: readonly TrafficInterval[]): TrafficInterval[] {
  const latest = new Map(intervals.map((each) => [`${each.portId} ${each.startsAt.getTime()}`, each]));
  return [...latest.values()];
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** What is wrong with an interval, in words for the log; nothing where it may be kept. */
export function faultOf({ portId, startsAt, inOctets, outOctets, seconds }: TrafficInterval): string | undefined {
  if (portId === '') return 'it is of no port';
  if (startOf('interval', startsAt).getTime() !== startsAt.getTime()) return 'it does not start on five minutes';
  if (!isCount(inOctets) || !isCount(outOctets)) return 'its octets are no counts';
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > INTERVAL_SECONDS) return `${seconds} s were measured`;
  return undefined;
}
