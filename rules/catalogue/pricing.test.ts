import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Priced, quote, savedPercent } from './pricing.js';

const pricing = suite('[CAT-01] [CAT-02] pricing');

const priced = (recurringMinor: number, setupMinor = 0): Priced => ({ recurringMinor, setupMinor });
const drawn = [priced(109_00, 49_00), priced(28_00), priced(19_00), priced(0), priced(12_00)];

interface Sum {
  readonly recurring: number;
  readonly setup: number;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly later: number;
}

const table: [name: string, parts: Priced[], currency: string, rateBp: number, expected: Sum][] = [
  [
    'the drawn order, at 20 %',
    drawn,
    'EUR',
    2000,
    { recurring: 168_00, setup: 49_00, net: 217_00, vat: 43_40, total: 260_40, later: 201_60 },
  ],
  [
    'the same without VAT',
    drawn,
    'EUR',
    0,
    { recurring: 168_00, setup: 49_00, net: 217_00, vat: 0, total: 217_00, later: 168_00 },
  ],
  [
    'VAT rounded once, on the sum',
    [priced(3, 3), priced(4)],
    'EUR',
    1900,
    { recurring: 7, setup: 3, net: 10, vat: 2, total: 12, later: 8 },
  ],
  [
    'a choice with a setup fee of its own',
    [priced(100_00), priced(5_00, 20_00)],
    'UAH',
    2000,
    { recurring: 105_00, setup: 20_00, net: 125_00, vat: 25_00, total: 150_00, later: 126_00 },
  ],
  [
    'a currency without minor units',
    [priced(12_000), priced(501)],
    'JPY',
    1000,
    { recurring: 12_501, setup: 0, net: 12_501, vat: 1_250, total: 13_751, later: 13_751 },
  ],
  ['something free', [priced(0)], 'EUR', 2000, { recurring: 0, setup: 0, net: 0, vat: 0, total: 0, later: 0 }],
];

for (const [name, parts, currency, rateBp, expected] of table) {
  pricing(name, () => {
    const { lines, recurring, setup, today, later } = quote(parts, currency, { rateBp });
    const amounts = { recurring, setup, net: today.net, vat: today.vat, total: today.total, later };
    assert.equal(
      Object.fromEntries(Object.entries(amounts).map(([key, { amountMinor }]) => [key, amountMinor])),
      expected,
    );
    assert.ok([...lines, ...Object.values(amounts)].every((money) => money.currency === currency));
    assert.equal(
      lines.map(({ amountMinor }) => amountMinor),
      parts.map(({ recurringMinor }) => recurringMinor),
    );
  });
}

const savings: [monthly: number, longer: number, months: number, percent: number][] = [
  [100_00, 1_080_00, 12, 10],
  [109_00, 317_19, 3, 3],
  [109_00, 317_20, 3, 2],
  [100_00, 1_200_00, 12, 0],
  [100_00, 1_300_00, 12, 0],
  [0, 0, 12, 0],
];

for (const [monthly, longer, months, percent] of savings) {
  pricing(`${longer} for ${months} months of ${monthly} saves ${percent} %`, () => {
    assert.is(savedPercent(priced(monthly), priced(longer), months), percent);
  });
}

pricing.run();
