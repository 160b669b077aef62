import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { languages } from '../../rules/accounts/languages.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aFailedPayment } from '../../tests/support/failed-payments.js';
import { Mailbox } from '../../tests/support/mailbox.js';
import { asActivity } from '../../tests/support/workshop.js';
import { createPaymentLetterActivities } from './payment-letters.js';

const letters = suite('[BIL-06] letters about cards that did not pay');
const mailer = new Mailbox();
const { sendPaymentProblem, sendCardRequest } = createPaymentLetterActivities({
  mailer,
  shopUrl: 'https://shop.example',
});
let database: { close: () => Promise<void> };

letters.before(async () => {
  database = await openDatabase();
});
letters.after(async () => {
  await database.close();
});

for (const language of languages) {
  for (const kind of ['soft', 'hard', 'authentication_required'] as const) {
    letters(`${kind}, in ${language}: what was tried, why not, and where to put it right, once`, async () => {
      const { invoice } = await aFailedPayment(await aCustomer({ language }), { kind });
      const { id: attemptId } = await PaymentAttempt.query().findOne({ invoiceId: invoice.id }).throwIfNotFound();
      const before = mailer.letters.length;
      const send = () => sendPaymentProblem({ attemptId, retryAt: '2026-11-25T10:00:00Z' });
      assert.equal(await asActivity(send), { delivered: true });
      assert.equal(await asActivity(send), { delivered: true });
      assert.is(mailer.letters.length, before + 1);
      const { subject, text, html } = mailer.letters.at(-1) ?? { subject: '', text: '', html: '' };
      assert.match(subject, invoice.number);
      for (const words of [`https://shop.example/invoices/${invoice.number}`, '4242', '260', 'Northquay SAS'])
        assert.match(text, words);
      assert.match(html, '#2f47d0');
    });
  }
}

letters('another card is asked for while something is owed, and not after', async () => {
  const { invoice } = await aFailedPayment(await aCustomer());
  const ask = () => sendCardRequest({ invoiceId: invoice.id, askedAt: '2026-11-25T10:00:00Z' });
  assert.equal(await asActivity(ask), { delivered: true });
  assert.match(mailer.letters.at(-1)?.text ?? '', invoice.number);
  await Invoice.transaction((trx) => invoice.voidIfOpen(new Date('2026-11-25'), trx));
  const later = () => sendCardRequest({ invoiceId: invoice.id, askedAt: '2026-11-26T10:00:00Z' });
  assert.is(await asActivity(later), undefined);
});

letters.run();
