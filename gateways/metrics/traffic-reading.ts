import type { PortSpan } from '../../rules/network/port-spans.js';
import type { TrafficPoint } from '../../rules/network/traffic.js';
import { folded } from '../../rules/network/traffic-points.js';
import { piecesOf, type Step } from '../../rules/network/traffic-steps.js';
import { type TallyFigures, TrafficTally } from '../../rules/network/traffic-tally.js';
import { type MetricsStore, MetricsUnreachable } from './metrics-store.js';

/** Some nine thousand intervals: what is held in memory at once, however long the time asked for. */
const CHUNK_MS = 31 * 86_400_000;

/** What was kept of ports while they were somebody's, as sums of a step each, to the octet. */
export async function readSums(store: Asked, spans: readonly PortSpan[], step: Step): Promise<TrafficPoint[]> {
  const pieces = spans.flatMap(({ portId, ...span }) =>
    piecesOf(span, step.resolution).map((piece) => ({ portId, ...piece })),
  );
  const read = await Promise.all(pieces.map((piece) => store.traffic(piece)));
  return folded(read.flat(), step.seconds);
}

/** The five-minute intervals themselves, a month of a port at a time, in ascending order. */
export async function* readIntervals(
  store: Asked,
  spans: readonly PortSpan[],
): AsyncGenerator<PortSpan & { readonly intervals: readonly TrafficPoint[] }> {
  for (const { portId, from, to } of spans)
    for (let begin = from; begin < to; begin = endOf(begin, to)) {
      const span = { portId, from: begin, to: endOf(begin, to) };
      yield { ...span, intervals: await store.traffic({ ...span, resolution: 'interval' }) };
    }
}

/** What bills and tables are made of: never from sums of hours or days. */
export async function readFigures(store: Asked, spans: readonly PortSpan[], now: Date): Promise<TallyFigures> {
  const tally = new TrafficTally();
  for await (const part of readIntervals(store, spans)) tally.add(part, part.intervals);
  return tally.figures(now);
}

export type Asked = Pick<MetricsStore, 'traffic'>;

/** A store that is waited for no longer than that at each question. Then it throws `MetricsUnreachable`. */
export function patient(store: Asked, milliseconds: number): Asked {
  return { traffic: (question) => within(milliseconds, store.traffic(question)) };
}

async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new MetricsUnreachable(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function endOf(begin: Date, to: Date): Date {
  return new Date(Math.min(begin.getTime() + CHUNK_MS, to.getTime()));
}
