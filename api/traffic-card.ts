import type { MetricsStore } from '../gateways/metrics/metrics-store.js';
import { phrase } from '../locales/phrases.js';
import type { Holding } from '../rules/network/port-spans.js';
import type { AskedTraffic } from './forms/network/traffic-span.js';
import type { LogError } from './middleware/errors.js';
import type { Reader } from './presenters/moments.js';
import { type GraphOf, presentTrafficGraph } from './presenters/network/traffic-graph.js';
import { seeTraffic } from './traffic-sight.js';

export interface TrafficCardDeps {
  readonly metrics: MetricsStore;
  readonly logError: LogError;
}

export interface TrafficCardInput {
  readonly of: GraphOf;
  readonly holdings: readonly Holding[];
  readonly asked: AskedTraffic;
  /** How long the page can wait for it. */
  readonly patienceMs?: number;
}

/** What pages that show `network/_graph` pass on for it. */
export const graphAssets = { scripts: ['uplot.js', 'graph.js'], styles: ['uplot.css'] } as const;

/** A graph for `network/_graph`; or, where the store does not answer, the words for it: the page around it stays as it is. */
export async function trafficCard(
  { metrics, logError }: TrafficCardDeps,
  reader: Reader,
  { of, holdings, asked, patienceMs }: TrafficCardInput,
) {
  try {
    return { graph: presentTrafficGraph(reader, of, await seeTraffic(metrics, holdings, asked, patienceMs)) };
  } catch (error) {
    logError(`traffic of ${of.name}`, error);
    const say = (key: string) => phrase(reader.language, `graphs:silent.${key}`);
    return { silent: { title: say('title'), text: say('text'), retry: `${of.address}?period=${asked.period}` } };
  }
}
