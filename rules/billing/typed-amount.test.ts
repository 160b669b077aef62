import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readAmount, typedAmount } from './typed-amount.js';

const amounts = suite('[BIL-06] amounts as they are typed');

const cases: readonly (readonly [typed: string, currency: string, amountMinor: number | undefined])[] = [
  ['260.40', 'EUR', 260_40],
  ['260,40', 'EUR', 260_40],
  [' 260 ', 'EUR', 260_00],
  ['260.4', 'EUR', 260_40],
  ['0.01', 'EUR', 1],
  ['1188', 'JPY', 1188],
  ['1188.5', 'JPY', undefined],
  ['260.405', 'EUR', undefined],
  ['0', 'EUR', undefined],
  ['0.00', 'EUR', undefined],
  ['-5', 'EUR', undefined],
  ['+5', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
  ['0x10', 'EUR', undefined],
  ['NaN', 'EUR', undefined],
  ['Infinity', 'EUR', undefined],
  ['', 'EUR', undefined],
  ['1,188.00', 'EUR', undefined],
  ['260.40 USD', 'EUR', undefined],
  ['260.', 'EUR', undefined],
  ['٢٦٠', 'EUR', undefined],
  ['999999999999', 'EUR', undefined],
];
for (const [typed, currency, amountMinor] of cases) {
  amounts(`“${typed}” in ${currency} is ${amountMinor ?? 'none'}`, () => {
    assert.is(readAmount(typed, currency)?.amountMinor, amountMinor);
  });
}

amounts('are written as they are read', () => {
  for (const money of [
    { amountMinor: 260_40, currency: 'EUR' },
    { amountMinor: 1188, currency: 'JPY' },
  ])
    assert.equal(readAmount(typedAmount(money), money.currency), money);
});

amounts.run();
