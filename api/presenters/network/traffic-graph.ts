import { formatBytes, formatSpan } from '../../../locales/formats.js';
import { dateFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import { graphPoints } from '../../../rules/network/traffic-points.js';
import type { TrafficSeen } from '../../traffic-sight.js';
import type { Reader } from '../moments.js';
import { presentGaps } from './traffic-gaps.js';
import { presentTrafficLinks } from './traffic-links.js';
import { type RateWords, rateWords, UNKNOWN } from './traffic-words.js';

/** Whose graph it is, and the page that shows it whole. */
export interface GraphOf {
  readonly name: string;
  readonly address: string;
}

const directions = ['in', 'out'] as const;

/** The `graph` of `network/_graph`: lines for the script, the same in figures and words for everybody. */
export function presentTrafficGraph(reader: Reader, of: GraphOf, seen: TrafficSeen) {
  const { language, timeZone } = reader;
  const { asked, figures, held } = seen;
  const say = (key: string, values = {}) => phrase(language, `graphs:${key}`, values);
  const rates = rateWords(reader, figures);
  const span = formatSpan(language, asked.span.from, asked.span.to, timeZone);
  const gaps = presentGaps(reader, figures);
  return {
    ...presentTrafficLinks(reader, of.address, asked),
    heading: say('of', of),
    span,
    zone: timeZone,
    refused: asked.refused && say(`refused.${asked.refused}`),
    measured: figures.samples > 0 || figures.average !== undefined,
    nothing: say(held.length > 0 ? 'nothing.measured' : 'nothing.held'),
    unit: rates.unitName,
    rows: presentRows(reader, seen, rates),
    greater: say('greater', { rate: `${rates.write(figures.greater)} ${rates.unitName}` }),
    basis: basisOf(reader, seen),
    gaps,
    label: say('label', { name: of.name, span, unit: rates.unitName, ...spoken(seen, rates), gaps: gaps.sentence }),
    data: JSON.stringify(dataFor(reader, seen, rates)),
  };
}

function presentRows({ language }: Reader, { figures }: TrafficSeen, { write }: RateWords) {
  const { max, average, now, percentile, total } = figures;
  return directions.map((direction) => ({
    direction,
    name: phrase(language, `graphs:${direction}`),
    max: write(max?.[direction]),
    average: write(average?.[direction]),
    now: write(now?.[direction]),
    percentile: write(percentile?.[direction]),
    /** The one that most contracts bill by. */
    greater: percentile !== undefined && percentile[direction] === figures.greater,
    total: average ? formatBytes(language, total[direction]) : UNKNOWN,
    exact: phrase(language, 'graphs:exact', {
      count: total[direction],
      octets: total[direction].toLocaleString(language),
    }),
  }));
}

/** What the figures were worked out from: a percentile of averages would be another number. */
function basisOf(reader: Reader, { step, figures }: TrafficSeen): string {
  const say = (key: string, values = {}) => phrase(reader.language, `graphs:basis.${key}`, values);
  const { samples: count, finestSince } = figures;
  const points = say('points', { step: say(`steps.${step.seconds}`) });
  const from = say('intervals', { count, samples: count.toLocaleString(reader.language) });
  if (!finestSince) return `${points} ${from}`;
  if (count === 0) return `${points} ${say('gone')}`;
  const since = dateFormat(reader.language, { dateStyle: 'long', timeZone: reader.timeZone }).format(finestSince);
  return `${points} ${from} ${say('since', { since })}`;
}

function spoken({ figures: { max, average, percentile } }: TrafficSeen, { write }: RateWords) {
  return {
    inMax: write(max?.in),
    inAverage: write(average?.in),
    inPercentile: write(percentile?.in),
    outMax: write(max?.out),
    outAverage: write(average?.out),
    outPercentile: write(percentile?.out),
  };
}

/** For `views/assets/graph.js`: rates in even steps from `from` on, whole bits a second; null is a gap. */
function dataFor({ language, timeZone }: Reader, { asked, sums, step, figures }: TrafficSeen, rates: RateWords) {
  const points = graphPoints(sums, asked.span, step.seconds);
  const whole = (rate: number | null) => (rate === null ? null : Math.round(rate));
  const words = ['in', 'out', 'unknown', 'hint', 'keys'].map((word) => [word, phrase(language, `graphs:${word}`)]);
  return {
    from: (points[0]?.startsAt.getTime() ?? 0) / 1_000,
    step: step.seconds,
    in: points.map(({ inBits }) => whole(inBits)),
    out: points.map(({ outBits }) => whole(outBits)),
    percentile: figures.greater ?? null,
    bits: rates.unit.bits,
    unit: rates.unitName,
    decimals: rates.decimals,
    language,
    timeZone,
    words: Object.fromEntries(words),
  };
}
