import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ListOffer, presentList, readListWish } from './list.js';

const list = suite('lists');
const offer = {
  id: 'invoices',
  address: '/invoices',
  sorts: ['due', 'number'],
  usualDirection: 'desc',
  filters: ['unpaid', 'all'],
  searchable: true,
  csv: '/invoices.csv',
} as const satisfies ListOffer;
const usual = { query: '', sort: 'due', direction: 'desc', filter: 'unpaid', page: 1, size: 10, offset: 0, limit: 10 };

const read: [asked: Record<string, unknown>, differing: object][] = [
  [{}, {}],
  [
    { q: ' 42 ', sort: 'number', show: 'all', page: '3', size: '25' },
    { query: '42', sort: 'number', direction: 'asc', filter: 'all', page: 3, size: 25, offset: 50, limit: 25 },
  ],
  [{ sort: '-number' }, { sort: 'number' }],
  [{ sort: 'due' }, { direction: 'asc' }],
  [{ sort: 'id; DROP TABLE', show: 'secret', page: '-1', size: '1000' }, {}],
  [{ q: ['a', 'b'], sort: ['due'], page: { a: 1 }, size: '10.0' }, {}],
  [{ page: '0' }, {}],
  [{ page: '999999' }, { page: 1_000, offset: 9_990 }],
  [
    { page: '999999', size: '50' },
    { page: 200, size: 50, offset: 9_950, limit: 50 },
  ],
  [{ q: `a\u0000b${'x'.repeat(200)}` }, { query: `ab${'x'.repeat(98)}` }],
  [{ q: "O'Brien % _" }, { query: "O'Brien % _" }],
];
for (const [asked, differing] of read) {
  list(`reads ${JSON.stringify(asked).slice(0, 60)}`, () => {
    assert.equal(readListWish(asked, offer), { ...usual, ...differing });
  });
}

function presented(asked: Record<string, unknown>, count: number) {
  const columns = [{ label: 'Number', sort: 'number' as const }, { label: 'State' }];
  const filters = { unpaid: { label: 'Unpaid', count: 2 }, all: { label: 'All' } };
  return presentList(offer, readListWish(asked, offer), { language: 'en', columns, filters, count });
}

list('every link keeps what else was asked for, and begins at the first page', () => {
  const { filters, columns, next, previous, csv, kept } = presented({ q: 'x', sort: 'number', page: '2' }, 38);
  assert.equal(
    filters?.map(({ address, current }) => [address, current]),
    [
      ['/invoices?q=x&sort=number', true],
      ['/invoices?q=x&show=all&sort=number', false],
    ],
  );
  assert.equal(
    columns.map(({ address, sorted }) => [address, sorted]),
    [
      ['/invoices?q=x&sort=-number', 'ascending'],
      [undefined, undefined],
    ],
  );
  assert.equal([previous, next], ['/invoices?q=x&sort=number', '/invoices?q=x&sort=number&page=3']);
  assert.is(csv, '/invoices.csv?q=x&sort=number');
  assert.equal(kept, [{ name: 'sort', value: 'number' }]);
});

list('says which of how many', () => {
  assert.is(presented({ page: '4' }, 38).range, '31–38 of 38');
  assert.is(presented({}, 3).range, '1–3 of 3');
});

list('does not count further than anybody turns', () => {
  const { range, total, csvLabel, pages } = presented({ page: '1000' }, 10_001);
  assert.equal([range, total, csvLabel], ['9,991–10,000 of more than 10,000', '10,000+', 'CSV of all']);
  assert.is(pages?.at(-1)?.number, 1_000);
});

const turned: [page: string, count: number, pages: string][] = [
  ['10', 200, '1 … 8 9 10 11 12 … 20'],
  ['1', 50, '1 2 3 4 5'],
  ['1', 60, '1 2 3 … 6'],
  ['5', 90, '1 2 3 4 5 6 7 8 9'],
  ['6', 100, '1 … 4 5 6 7 8 9 10'],
  ['20', 200, '1 … 18 19 20'],
];
for (const [page, count, expected] of turned) {
  list(`on page ${page} of ${count / 10} shows ${expected}`, () => {
    const pages = presented({ page }, count).pages ?? [];
    assert.is(pages.map(({ number, afterGap }) => (afterGap ? `… ${number}` : `${number}`)).join(' '), expected);
  });
}

list('of one page has none to turn', () => {
  assert.is(presented({}, 10).pages, undefined);
});

list('what is as usual is not said in an address', () => {
  const { pages } = presented({ sort: '-due', show: 'unpaid', size: '10' }, 20);
  assert.is(pages?.[0]?.address, '/invoices');
});

list('tells what was looked for and not found', () => {
  assert.is(presented({ q: 'хмара' }, 0).nothing, 'Nothing matches “хмара”');
});

list.run();
