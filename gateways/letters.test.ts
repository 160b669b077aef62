import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { languages } from '../rules/accounts/languages.js';
import { composeLetter } from './letters.js';

const letters = suite('[CAT-02] letters about orders');

const confirmation = {
  number: 'NQ-10497',
  name: 'Quay M4',
  total: '€260.40',
  lines: [
    { what: 'Quay <M4>, 1 month', amount: '€168.00' },
    { what: 'Setup', amount: '€49.00' },
  ],
  net: '€217.00',
  vat: '€43.40',
  orderUrl: 'https://shop.example/orders/NQ-10497',
  payUrl: 'https://shop.example/invoices/NQ-2026-000123',
  expires: '28 November',
};

for (const language of languages) {
  letters(`confirms an order in ${language}, in HTML and in plain text`, () => {
    const subject = 'orders:confirmation.subject';
    const letter = composeLetter('order-confirmation', { language, subject, ...confirmation });
    assert.match(letter.subject, 'NQ-10497');
    assert.match(letter.html, `<html lang="${language}">`);
    assert.match(letter.html, 'Quay &lt;M4&gt;, 1 month');
    for (const said of ['Quay <M4>, 1 month', '€168.00', '€260.40', confirmation.payUrl, confirmation.orderUrl])
      assert.match(letter.text, said);
  });

  for (const status of ['cancelled', 'expired', 'refunded']) {
    letters(`tells in ${language} that an order is ${status}`, () => {
      const phrases = { subject: `orders:outcome.${status}.subject`, sentence: `orders:outcome.${status}.sentence` };
      const values = { language, ...phrases, number: 'NQ-10497', refund: '€260.40', orderUrl: confirmation.orderUrl };
      const { subject, text } = composeLetter('order-outcome', values);
      assert.match(subject, 'NQ-10497');
      assert.match(text, '€260.40');
      assert.not.match(composeLetter('order-outcome', { ...values, refund: null }).text, '€260.40');
    });
  }
}

letters('puts the amounts of a plain letter beside their lines', () => {
  const subject = 'orders:confirmation.subject';
  const { text } = composeLetter('order-confirmation', { language: 'en', subject, ...confirmation });
  assert.match(text, /^To pay +€260\.40$/m);
  assert.not.match(text, 'before 28 November.\n\nWe have');
});

letters('shows the shop where it is given', () => {
  const shop = { name: 'Northquay', accent: '#2f47d0', seller: 'Northquay SAS, Lille' };
  const values = { language: 'en', subject: 'orders:confirmation.subject', ...confirmation } as const;
  assert.match(composeLetter('order-confirmation', { ...values, shop }).html, 'Northquay SAS, Lille');
});

letters.run();
