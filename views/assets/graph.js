// Draws `network/_graph`: hover and arrow keys tell values, dragging and + zoom, the legend hides lines. All figures stand on the page without it.
(() => {
  const HEIGHT = 272;
  const MINUTE = 60_000;
  let focusNext = false; // who zooms by keyboard goes on by keyboard
  const hidden = new Set(); // what was switched off stays so when another period takes this one's place

  const inkOf = (card, selector) => getComputedStyle(card.querySelector(selector)).color;
  const faded = (colour) => colour.replace(/^rgb\((.*)\)$/, 'rgba($1, .16)').replace(/^color\((.*)\)$/, 'color($1 / .16)');

  const start = (box) => {
    const card = box.closest('.card');
    const given = JSON.parse(box.dataset.graph);
    const { from, step, language, timeZone, words, bits } = given;
    const scaled = (rates) => rates.map((rate) => (rate === null ? null : rate / bits));
    const times = given.in.map((_, index) => from + index * step);
    const level = given.percentile === null ? null : given.percentile / bits;
    const data = [times, scaled(given.in), scaled(given.out), times.map(() => level)];
    const series = [undefined, 'in', 'out', 'percentile'];
    const readout = card.querySelector('[data-readout]');

    const clock = (parts) => new Intl.DateTimeFormat(language, { ...parts, hourCycle: 'h23', timeZone });
    const dayAndTime = clock({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
    const wholeDay = clock({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
    const time = clock({ hour: '2-digit', minute: '2-digit' });
    const day = clock({ day: 'numeric', month: 'short' });
    const month = clock({ month: 'short', year: 'numeric' });
    const fixed = { minimumFractionDigits: given.decimals, maximumFractionDigits: given.decimals };
    const number = new Intl.NumberFormat(language, fixed);
    const axisNumber = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

    const rate = (value) => (value === null || value === undefined ? words.unknown : `${number.format(value)} ${given.unit}`);
    const tell = (index) => {
      if (index === null || index === undefined) return words.hint;
      const at = new Date(times[index] * 1_000);
      const when = (step >= 86_400 ? wholeDay : dayAndTime).format(at);
      return `${when}: ${words.in} ${rate(data[1][index])}, ${words.out} ${rate(data[2][index])}`;
    };
    const tick = (seconds, apart) => {
      const at = new Date(seconds * 1_000);
      if (apart >= 27 * 86_400) return month.format(at);
      const there = uPlot.tzDate(at, timeZone);
      const midnight = there.getHours() === 0 && there.getMinutes() === 0;
      return apart >= 86_400 || midnight ? day.format(at) : time.format(at);
    };

    // A part of it is another page, with finer points: an address to keep, to share, and to come back from.
    const show = (begin, end) => {
      const link = document.createElement('a');
      const minute = (seconds) => `${new Date(Math.round(seconds * 1_000 / MINUTE) * MINUTE).toISOString().slice(0, 16)}Z`;
      link.href = `${box.dataset.part}&from=${minute(begin)}&to=${minute(end)}`;
      link.hidden = true;
      card.append(link);
      window.htmx?.process(link);
      link.click();
    };
    box.addEventListener('focus', () => {
      if (box.matches(':focus-visible')) readout.textContent = words.keys;
    });
    const whole = () => card.querySelector('#traffic-whole')?.click();

    let plot;
    const draw = () => {
      plot?.destroy();
      const text = inkOf(card, '.qm-legend button');
      const line = getComputedStyle(card).borderTopColor;
      const axis = { stroke: text, font: '12px "Inter Variable", sans-serif', ticks: { show: false } };
      const inks = { in: inkOf(card, '.k-in'), out: inkOf(card, '.k-out'), percentile: inkOf(card, '.k-p95') };
      plot = new uPlot(
        {
          width: box.clientWidth,
          height: HEIGHT,
          tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), timeZone),
          legend: { show: false },
          cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false, setScale: false } },
          padding: [8, step >= 86_400 ? 28 : 8, 0, 0], // the names of months are long
          scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.04 : 1] } },
          axes: [
            {
              ...axis,
              size: 28,
              space: box.clientWidth < 500 ? 70 : 90,
              grid: { show: false },
              values: (_, ticks, index, space, apart) => ticks.map((seconds) => tick(seconds, apart)),
            },
            {
              ...axis,
              size: (self, labels) => Math.max(44, ...(labels ?? []).map((label) => 14 + 7 * String(label).length)),
              grid: { stroke: line, width: 1 },
              values: (_, ticks) => ticks.map((value) => axisNumber.format(value)),
            },
          ],
          series: [
            {},
            { show: !hidden.has('in'), stroke: inks.in, fill: faded(inks.in), width: 1.25 },
            { show: !hidden.has('out'), stroke: inks.out, width: 1.5 },
            { show: !hidden.has('percentile'), stroke: inks.percentile, width: 1.25, dash: [6, 4], points: { show: false } },
          ],
          hooks: {
            setCursor: [(self) => { readout.textContent = tell(self.cursor.idx); }],
            setSelect: [
              (self) => {
                const { left, width } = self.select;
                if (width > 8) show(self.posToVal(left, 'x'), self.posToVal(left + width, 'x'));
              },
            ],
          },
        },
        data,
        box,
      );
    };

    const point = (index) => {
      const left = plot.valToPos(times[index], 'x');
      plot.setCursor({ left, top: 10 });
    };
    box.addEventListener('keydown', (event) => {
      const last = times.length - 1;
      const at = plot.cursor.idx ?? last;
      const far = event.shiftKey ? 12 : 1;
      const acts = {
        ArrowLeft: () => point(Math.max(0, at - far)),
        ArrowRight: () => point(Math.min(last, at + far)),
        Home: () => point(0),
        End: () => point(last),
        '+': () => show(times[Math.max(0, at - Math.ceil(last / 8))], times[Math.min(last, at + Math.ceil(last / 8))] + step),
        Escape: whole,
      };
      const act = acts[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      focusNext = event.key === '+' || event.key === 'Escape';
      act();
    });
    for (const button of card.querySelectorAll('[data-series]')) {
      const name = button.dataset.series;
      button.setAttribute('aria-pressed', !hidden.has(name));
      button.addEventListener('click', () => {
        if (!hidden.delete(name)) hidden.add(name);
        button.setAttribute('aria-pressed', !hidden.has(name));
        plot.setSeries(series.indexOf(name), { show: !hidden.has(name) });
      });
    }

    draw();
    const redraw = () => (box.isConnected ? draw() : document.removeEventListener('theme', redraw));
    document.addEventListener('theme', redraw);
    let width = box.clientWidth;
    new ResizeObserver(() => {
      if (!box.isConnected || box.clientWidth === width) return;
      width = box.clientWidth;
      draw(); // a narrow graph has fewer ticks
    }).observe(box);
  };

  const ready = () => {
    for (const box of document.querySelectorAll('[data-graph]:not([data-drawn])')) {
      box.dataset.drawn = '';
      box.hidden = false; // it has no width before
      start(box);
      if (focusNext) box.focus();
      focusNext = false;
    }
  };
  document.addEventListener('DOMContentLoaded', ready);
  document.addEventListener('htmx:afterSwap', ready);
})();
