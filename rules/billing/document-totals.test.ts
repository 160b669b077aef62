import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { total } from '../money.js';
import { documentTotals } from './document-totals.js';

const totals = suite('[BIL-01] document totals');
const line = (amountMinor: number, vatRateBp = 2000) => ({ net: { amountMinor, currency: 'EUR' }, vatRateBp });
const figures = (amounts: readonly { amountMinor: number }[]) => amounts.map(({ amountMinor }) => amountMinor);

const cases = [
  ['the drawn order: 217.00 net, 43.40 VAT', [line(168_00), line(49_00)], 43_40, [33_60, 9_80]],
  ['VAT is that of the sum, not the sum of roundings', [line(3), line(3), line(3)], 2, [1, 1, 0]],
  ['a half is rounded away from zero', [line(1_25, 1000)], 13, [13]],
  ['two rates are each computed on their own sum', [line(10_00), line(10_00, 550)], 2_55, [2_00, 55]],
  ['a discount takes its part of the VAT back', [line(189_00), line(-18_90)], 34_02, [37_80, -3_78]],
  ['nothing is charged on a rate of zero', [line(99_99, 0)], 0, [0]],
  ['a free line carries none', [line(0), line(100)], 20, [0, 20]],
] as const;

for (const [name, lines, vat, lineVats] of cases) {
  totals(name, () => {
    const found = documentTotals(lines, 'EUR');
    assert.is(found.vat.amountMinor, vat);
    assert.equal(figures(found.lineVats), lineVats);
  });
}

totals('lines, rates and total always agree', () => {
  const anyLine = fc.record({
    net: fc.record({ amountMinor: fc.integer({ min: 0, max: 10_000_000 }), currency: fc.constant('EUR') }),
    vatRateBp: fc.constantFrom(0, 550, 1000, 2000, 2550),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), (lines) => {
      const found = documentTotals(lines, 'EUR');
      const sum = (amounts: readonly { amountMinor: number; currency: string }[]) => total(amounts, 'EUR').amountMinor;
      assert.is(sum(found.lineVats), found.vat.amountMinor);
      assert.is(sum(found.rates.map(({ vat }) => vat)), found.vat.amountMinor);
      assert.is(found.net.amountMinor + found.vat.amountMinor, found.total.amountMinor);
    }),
  );
});

totals.run();
