import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { creditPart } from './credit-part.js';

const part = suite('[BIL-09] what of a credit goes on an invoice');

const cases = [
  ['nothing where there is none', 260_40, 0, 'EUR', 0],
  ['less than nothing is nothing', 260_40, -5, 'EUR', 0],
  ['all of it', 260_40, 100_00, 'EUR', 100_00],
  ['no more than is owed', 260_40, 300_00, 'EUR', 260_40],
  ['exactly what is owed', 260_40, 260_40, 'EUR', 260_40],
  ['up to the least that a card is charged', 260_40, 259_90, 'EUR', 259_90],
  ['not so much that a card could not be charged for the rest', 260_40, 259_91, 'EUR', 259_90],
  ['of yen whole ones', 4_500, 4_499, 'JPY', 4_450],
  ['nothing where no card can be charged beside it', 40, 30, 'EUR', 0],
  ['all of it in a currency whose least is not known', 100, 99, 'XXX', 99],
] as const;
for (const [why, dueMinor, creditMinor, currency, amountMinor] of cases) {
  part(why, () =>
    assert.equal(creditPart({ amountMinor: dueMinor, currency }, creditMinor), { amountMinor, currency }),
  );
}

part.run();
