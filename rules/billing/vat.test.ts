import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { vatFor } from './vat.js';
import { standardRate } from './vat-rates.js';

const vat = suite('[BIL-01] VAT');
const seller = { country: 'FR' };
const today = '2026-11-21';

const cases = [
  ['a French company pays French VAT, number or not', 'FR', 'company', true, 'domestic', 2000],
  ['a French consumer pays French VAT', 'FR', 'consumer', false, 'domestic', 2000],
  ['a German company with a validated number accounts for it itself', 'DE', 'company', true, 'reverse_charge', 0],
  ['a German company whose number was not validated pays German VAT', 'DE', 'company', false, 'consumer_abroad', 1900],
  ['a Finnish consumer pays 25.5 %', 'FI', 'consumer', false, 'consumer_abroad', 2550],
  ['a consumer gains nothing by a number', 'IE', 'consumer', true, 'consumer_abroad', 2300],
  ['Ukraine is outside the VAT area', 'UA', 'company', false, 'outside_scope', 0],
  ['so is a British consumer', 'GB', 'consumer', false, 'outside_scope', 0],
] as const;

for (const [name, country, kind, vatNumberValidated, treatment, rateBp] of cases) {
  vat(name, () => {
    const found = vatFor(seller, { country, kind, vatNumberValidated }, today);
    assert.equal([found.treatment, found.rateBp, found.country], [treatment, rateBp, country]);
  });
}

vat('counts Monaco to France', () => {
  const buyer = { country: 'MC', kind: 'company', vatNumberValidated: true } as const;
  assert.equal(vatFor(seller, buyer, today), { treatment: 'domestic', country: 'FR', rateBp: 2000 });
});

vat('takes the rate of the day', () => {
  const days = ['2020-06-30', '2020-07-01', '2020-12-31', '2021-01-01'];
  assert.equal(
    days.map((day) => standardRate('DE', day)),
    [1900, 1600, 1600, 1900],
  );
});

vat('knows no rate where there is none', () => {
  assert.throws(() => standardRate('US', today), /no VAT rate/);
  assert.throws(() => standardRate('FR', '1999-01-01'), /no VAT rate/);
});

vat.run();
