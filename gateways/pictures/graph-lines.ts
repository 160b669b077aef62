import { LineChart, type LineSeriesOption } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type GraphSheet, inks, typeface } from './graph-sheet.js';

echarts.use([LineChart, GridComponent, SVGRenderer]);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The lines of a graph with their axes, as SVG. What is null is a gap. */
export function drawLines(sheet: GraphSheet, size: Size): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(optionsOf(sheet));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function optionsOf(sheet: GraphSheet) {
  const { from, to, ticks, language } = sheet;
  const text = { color: inks.second, fontFamily: typeface, fontSize: 12 };
  const labels = new Map(ticks.map(({ at, label }) => [at, label]));
  const customValues = [...labels.keys()];
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const quiet = { show: false };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 0, right: 12, top: 12, bottom: 0, outerBounds: { bottom: 6 }, outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      min: from,
      max: to,
      splitLine: quiet,
      axisLine: { lineStyle: { color: inks.line } },
      axisTick: { customValues, lineStyle: { color: inks.line } },
      axisLabel: { ...text, customValues, formatter: (at: number) => labels.get(at) ?? '' },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLine: quiet,
      axisTick: quiet,
      splitLine: { lineStyle: { color: inks.line } },
      axisLabel: { ...text, formatter: (value: number) => number.format(value) },
    },
    series: seriesOf(sheet),
  };
}

function seriesOf({ from, to, step, in: incoming, out: outgoing, percentile }: GraphSheet): LineSeriesOption[] {
  const points = (values: readonly (number | null)[]) =>
    values.map((value, index) => [from + index * step, value ?? '-']);
  const plain = { type: 'line', showSymbol: false, silent: true } as const;
  const level = percentile === null ? [] : [from, to].map((at) => [at, percentile]);
  return [
    {
      ...plain,
      data: points(incoming),
      lineStyle: { color: inks.in, width: 1.25 },
      areaStyle: { color: inks.in, opacity: 0.16 },
    },
    { ...plain, data: points(outgoing), lineStyle: { color: inks.out, width: 1.5 } },
    { ...plain, data: level, lineStyle: { color: inks.percentile, width: 1.25, type: [6, 4] } },
  ];
}
