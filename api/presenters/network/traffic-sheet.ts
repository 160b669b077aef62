import type { GraphSheet } from '../../../gateways/pictures/graph-sheet.js';
import { formatMoment } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type Ticks, ticksOf } from '../../../rules/network/graph-ticks.js';
import { graphPoints } from '../../../rules/network/traffic-points.js';
import type { TrafficSeen } from '../../traffic-sight.js';
import type { Reader } from '../moments.js';
import { type GraphOf, presentTrafficGraph } from './traffic-graph.js';
import { rateWords } from './traffic-words.js';

/** A graph as it is saved, in its reader's language and hours: the same figures and sentences as on the page. */
export function presentTrafficSheet(reader: Reader, of: GraphOf, seen: TrafficSeen, brand: string): GraphSheet {
  const { language, timeZone } = reader;
  const { asked, step, figures } = seen;
  const say = (key: string) => phrase(language, `graphs:${key}`);
  const graph = presentTrafficGraph(reader, of, seen);
  const { unit } = rateWords(reader, figures);
  const scaled = (rate: number | null) => (rate === null ? null : rate / unit.bits);
  const points = graphPoints(seen.sums, asked.span, step.seconds);
  return {
    language,
    title: graph.heading,
    span: `${graph.span}, ${timeZone}`,
    unit: graph.unit,
    from: points[0]?.startsAt.getTime() ?? 0,
    to: asked.span.to.getTime(),
    step: step.seconds * 1_000,
    in: points.map(({ inBits }) => scaled(inBits)),
    out: points.map(({ outBits }) => scaled(outBits)),
    percentile: scaled(figures.greater ?? null),
    names: { in: say('in'), out: say('out'), percentile: say('percentile') },
    ticks: labelled(reader, ticksOf(asked.span, timeZone)),
    head: [graph.unit, ...['max', 'average', 'now', 'percentile', 'total'].map((column) => say(`table.${column}`))],
    rows: graph.rows.map(({ name, max, average, now, percentile, total }) => [
      name,
      max,
      average,
      now,
      percentile,
      total,
    ]),
    notes: graph.measured ? [`${graph.greater} ${graph.basis}`, graph.gaps.sentence, say('sides')] : [],
    imprint: `${brand}, ${formatMoment(language, asked.now, timeZone)}`,
    nothing: graph.measured ? undefined : graph.nothing,
  };
}

function labelled({ language, timeZone }: Reader, { unit, at }: Ticks): GraphSheet['ticks'] {
  const format = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...parts, timeZone });
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = format({ day: 'numeric', month: 'short' });
  const month = format({ month: 'short', year: 'numeric' });
  const midnight = time.format(new Date(0)).replaceAll(/\d/g, '0');
  const byHour = (tick: Date) => (time.format(tick) === midnight ? day : time).format(tick);
  const label = { hour: byHour, day: (tick: Date) => day.format(tick), month: (tick: Date) => month.format(tick) }[
    unit
  ];
  return at.map((tick) => ({ at: tick.getTime(), label: label(tick) }));
}
