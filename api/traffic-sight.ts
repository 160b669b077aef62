import type { MetricsStore } from '../gateways/metrics/metrics-store.js';
import { type Asked, patient, readFigures, readSums } from '../gateways/metrics/traffic-reading.js';
import { type Holding, heldWithin, type PortSpan } from '../rules/network/port-spans.js';
import type { TrafficPoint } from '../rules/network/traffic.js';
import { figuresOf, type TrafficFigures } from '../rules/network/traffic-figures.js';
import { type Step, stepFor } from '../rules/network/traffic-steps.js';
import type { TallyFigures } from '../rules/network/traffic-tally.js';
import type { AskedTraffic } from './forms/network/traffic-span.js';

/** What a graph is drawn from, and what stands below it. */
export interface TrafficSeen {
  readonly asked: AskedTraffic;
  readonly step: Step;
  /** Which ports, and when, within the time asked for. */
  readonly held: readonly PortSpan[];
  readonly sums: readonly TrafficPoint[];
  readonly figures: TrafficFigures;
}

/** How long a page waits at each question to a store that is silent; a slow one may have many asked of it. */
export const PATIENCE_MS = 5_000;

/** The traffic of ports in the times in which they were somebody's. Throws what the store throws, or that it is silent. */
export async function seeTraffic(
  metrics: MetricsStore,
  holdings: readonly Holding[],
  asked: AskedTraffic,
  patienceMs = PATIENCE_MS,
): Promise<TrafficSeen> {
  const step = stepFor(asked.span);
  const held = heldWithin(holdings, asked.span);
  const store = patient(metrics, patienceMs);
  const reading = [readSums(store, held, step), tallyOf(metrics, store, held, asked.now)] as const;
  const [sums, tally] = await Promise.all(reading);
  return { asked, step, held, sums, figures: figuresOf(sums, tally, held, asked.now) };
}

/** A year has a hundred thousand intervals: who saves what they just saw need not have them counted twice. */
const counted = new WeakMap<MetricsStore, Map<string, Promise<TallyFigures>>>();
const MOST_COUNTED = 20;
const LONG_MS = 40 * 86_400_000;

function tallyOf(metrics: MetricsStore, store: Asked, held: readonly PortSpan[], now: Date): Promise<TallyFigures> {
  const length = held.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
  if (length < LONG_MS) return readFigures(store, held, now);
  const known = counted.get(metrics) ?? new Map<string, Promise<TallyFigures>>();
  counted.set(metrics, known);
  const name = JSON.stringify([held, now]);
  const tally = known.get(name) ?? readFigures(store, held, now);
  known.set(name, tally);
  tally.catch(() => known.delete(name));
  for (const oldest of [...known.keys()].slice(0, -MOST_COUNTED)) known.delete(oldest);
  return tally;
}
