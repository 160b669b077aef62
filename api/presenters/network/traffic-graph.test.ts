import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSums } from '../../../gateways/metrics/traffic-reading.js';
import { languages } from '../../../rules/accounts/languages.js';
import { figuresOf } from '../../../rules/network/traffic-figures.js';
import { stepFor } from '../../../rules/network/traffic-steps.js';
import type { TallyFigures } from '../../../rules/network/traffic-tally.js';
import { type Span, trafficPeriods } from '../../../rules/network/traffic-window.js';
import { KeptTraffic } from '../../../tests/support/kept-traffic.js';
import { readTrafficSpan } from '../../forms/network/traffic-span.js';
import type { TrafficSeen } from '../../traffic-sight.js';
import { presentTrafficGraph } from './traffic-graph.js';
import { presentTrafficSheet } from './traffic-sheet.js';

const graphs = suite('[NET-02] a traffic graph in words');
const now = new Date('2027-03-10T12:00:00Z');
const of = { name: 'web-3', address: '/servers/web-3/traffic' };
const reader = { language: 'en', timeZone: 'Europe/Kyiv' } as const;
const tally: TallyFigures = {
  max: { in: 126_640_000, out: 219_100_000 },
  percentile: { in: 96_500_000, out: 206_900_000 },
  last: { in: 86_500_000, out: 173_200_000, startsAt: new Date('2027-03-10T11:55:00Z') },
  samples: 283,
  gaps: [],
  pending: [],
  since: new Date('2027-03-09T12:00:00Z'),
};

async function seen(query: object, differing: Partial<TallyFigures> = {}, octets = 1e9): Promise<TrafficSeen> {
  const asked = readTrafficSpan({ ...query }, reader, now);
  const step = stepFor(asked.span);
  const held = [{ portId: 'p', ...asked.span }];
  const store = new KeptTraffic();
  await store.write([{ portId: 'p', startsAt: asked.span.from, inOctets: octets, outOctets: octets, seconds: 300 }]);
  const sums = await readSums(store, held, step);
  return { asked, step, held, sums, figures: figuresOf(sums, { ...tally, ...differing }, held, now) };
}

for (const period of trafficPeriods)
  for (const language of languages)
    graphs(`says of a ${period} in ${language} what its points are, and draws 800 of them at most`, async () => {
      const { basis, label, data, gaps } = presentTrafficGraph({ ...reader, language }, of, await seen({ period }));
      for (const said of [basis, label, gaps.sentence]) assert.not.match(said, /\.\.|undefined|NaN|\{\{/);
      const { in: incoming, out: outgoing } = JSON.parse(data);
      assert.ok(incoming.length <= 801 && incoming.length === outgoing.length, String(incoming.length));
      const sheet = presentTrafficSheet({ ...reader, language }, of, await seen({ period }), 'Northquay');
      assert.ok(sheet.ticks.every(({ label, at }) => label !== '' && at >= sheet.from && at <= sheet.to));
    });

graphs(
  'writes all rates in one unit, marks the greater percentile, and names amounts as they are counted',
  async () => {
    const { unit, rows } = presentTrafficGraph(reader, of, await seen({}));
    assert.is(unit, 'Mbit/s');
    const [incoming, outgoing] = rows;
    assert.equal([incoming?.max, incoming?.percentile, incoming?.greater], ['126.6', '96.5', false]);
    assert.equal([outgoing?.max, outgoing?.now, outgoing?.greater], ['219.1', '173.2', true]);
    assert.equal([outgoing?.total, outgoing?.exact], ['1 GB', '1,000,000,000 bytes']);
  },
);

graphs('shows a little traffic with a decimal more', async () => {
  const { rows } = presentTrafficGraph(reader, of, await seen({}, {}, 20_000_000));
  assert.equal([rows[0]?.average, rows[0]?.max], ['0.53', '126.64']);
});

graphs('lists gaps, the newest first and a hundred at most', async () => {
  const gaps: Span[] = Array.from({ length: 103 }, (_, index) => {
    const from = new Date(Date.UTC(2027, 2, 9, 12) + index * 600_000);
    return { from, to: new Date(from.getTime() + 300_000) };
  });
  const { gaps: told } = presentTrafficGraph(reader, of, await seen({ period: 'day' }, { gaps }));
  assert.match(told.sentence, '103 gaps, 8 hr 35 min together');
  assert.is(told.list?.length, 100);
  assert.is('more' in told && told.more, 'and 3 earlier ones');
});

graphs('says where five-minute intervals are no longer kept', async () => {
  const since = new Date('2027-03-08T00:00:00Z');
  const some = presentTrafficGraph(reader, of, await seen({ period: 'month' }, { since }));
  assert.match(some.basis, 'They are kept since March 8, 2027');
  const gone = { max: undefined, percentile: undefined, last: undefined, since: undefined, samples: 0 };
  const none = presentTrafficGraph(reader, of, await seen({ period: 'month' }, gone));
  assert.match(none.basis, 'no longer kept');
  assert.ok(none.measured);
  assert.equal([none.rows[0]?.max, none.rows[0]?.percentile], ['–', '–']);
});

graphs('keeps names out of what the script reads', async () => {
  const { data } = presentTrafficGraph(reader, { ...of, name: '"><script>' }, await seen({}));
  assert.not.match(data, 'script');
});

graphs.run();
