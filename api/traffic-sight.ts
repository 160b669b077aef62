import type { MetricsStore } from '../gateways/metrics/metrics-store.js';
import { readFigures, readSums, within } from '../gateways/metrics/traffic-reading.js';
import { type Holding, heldWithin, type PortSpan } from '../rules/network/port-spans.js';
import type { TrafficPoint } from '../rules/network/traffic.js';
import { figuresOf, type TrafficFigures } from '../rules/network/traffic-figures.js';
import { type Step, stepFor } from '../rules/network/traffic-steps.js';
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

const PATIENCE_MS = 5_000;

/** The traffic of ports in the times in which they were somebody's. Throws what the store throws, or that it is silent. */
export async function seeTraffic(
  metrics: MetricsStore,
  holdings: readonly Holding[],
  asked: AskedTraffic,
): Promise<TrafficSeen> {
  const step = stepFor(asked.span);
  const held = heldWithin(holdings, asked.span);
  const reading = Promise.all([readSums(metrics, held, step), readFigures(metrics, held, asked.now)]);
  const [sums, tally] = await within(PATIENCE_MS, reading);
  return { asked, step, held, sums, figures: figuresOf(sums, tally, held, asked.now) };
}
