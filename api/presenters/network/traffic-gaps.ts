import { formatSpan } from '../../../locales/formats.js';
import { numberFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import type { TrafficFigures } from '../../../rules/network/traffic-figures.js';
import { duration, type Reader } from '../moments.js';

const MOST_LISTED = 100;

/** Where nothing is known: said in a sentence, and listed from when to when. */
export function presentGaps(reader: Reader, { gaps, coverage }: TrafficFigures) {
  const { language, timeZone } = reader;
  const say = (key: string, values = {}) => phrase(language, `graphs:gaps.${key}`, values);
  const write = ({ from, to }: { from: Date; to: Date }) => formatSpan(language, from, to, timeZone);
  const length = gaps.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
  const [only] = gaps;
  const count = gaps.length;
  const measured = {
    coverage: numberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(coverage),
  };
  if (!only) return { sentence: say('none', measured), list: undefined };
  if (count === 1)
    return { sentence: say('one', { span: write(only), length: duration(reader, length), ...measured }) };
  const listed = gaps.slice(-MOST_LISTED).reverse().map(write);
  return {
    sentence: say('many', { count, length: duration(reader, length), ...measured }),
    list: listed,
    more: count > MOST_LISTED ? say('more', { count: count - MOST_LISTED }) : undefined,
  };
}
