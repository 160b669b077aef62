import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { brandOf, cvcFault, expiryFault, grouped, numberFault } from './assets/card-numbers.js';

const numbers = suite('[BIL-04] card numbers');

numbers('[BIL-04] brands are told by their first digits', () => {
  for (const [number, brand] of [
    ['4242424242424242', 'visa'],
    ['5555555555554444', 'mastercard'],
    ['2223003122003222', 'mastercard'],
    ['2720990000000007', 'mastercard'],
    ['378282246310005', 'amex'],
    ['6011111111111117', 'discover'],
    ['36227206271667', 'diners'],
    ['3566002020360505', 'jcb'],
    ['6200000000000005', 'unionpay'],
    ['9999', 'unknown'],
  ] as const) {
    assert.is(brandOf(number).brand, brand, number);
  }
});

numbers('[BIL-04] a number is complete, of its brand’s length, and passes Luhn', () => {
  assert.is(numberFault('4242424242424242'), undefined);
  assert.is(numberFault('4242424242424241'), 'incorrect_number');
  assert.is(numberFault('424242'), 'incomplete_number');
  assert.is(numberFault(''), 'incomplete_number');
  assert.is(numberFault('4242abcd42424242'), 'incorrect_number');
});

numbers('[BIL-04] a card is good through the last day of its month', () => {
  const lastDay = new Date('2026-11-30T23:59:59Z');
  assert.is(expiryFault(11, 2026, lastDay), undefined);
  assert.is(expiryFault(10, 2026, lastDay), 'invalid_expiry_year');
  assert.is(expiryFault(13, 2030, lastDay), 'invalid_expiry_month');
  assert.is(expiryFault(0, 2030, lastDay), 'invalid_expiry_month');
  assert.is(expiryFault(1, 2099, lastDay), 'invalid_expiry_year');
});

numbers('[BIL-04] the code has three digits, on an Amex four', () => {
  assert.is(cvcFault('123', '4242'), undefined);
  assert.is(cvcFault('1234', '378282246310005'), undefined);
  assert.is(cvcFault('123', '378282246310005'), 'invalid_cvc');
  assert.is(cvcFault('', '4242'), 'incomplete_cvc');
});

numbers('[BIL-04] digits are grouped as on the card', () => {
  assert.is(grouped('4242424242424242'), '4242 4242 4242 4242');
  assert.is(grouped('378282246310005'), '3782 822463 10005');
  assert.is(grouped('42424'), '4242 4');
});

numbers.run();
