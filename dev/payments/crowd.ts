import type { Account } from './account.js';
import { enteredCard } from './cards/card-entry.js';
import { booked } from './money/balance.js';

const AT_ONCE = 1000;

/** As many customers as asked, each with a card and one payment: `cus_0`, `pi_0`, `ch_0` and on. For measurements. */
export function bookFull(account: Account, customers: number): void {
  const data = { type: 'card', card: { number: '4242424242424242', exp_month: 12, exp_year: 2034 } } as const;
  for (let from = 0; from < customers; from += AT_ONCE) {
    account.commit({ requestId: null, key: null }, () => {
      for (let count = from; count < Math.min(from + AT_ONCE, customers); count += 1) {
        bookOne(account, String(count), enteredCard(account, data).id);
      }
    });
  }
}

function bookOne(account: Account, count: string, card: string): void {
  const [customer, intent, charge] = [`cus_${count}`, `pi_${count}`, `ch_${count}`];
  const made = { created: account.now(), livemode: false, metadata: {} } as const;
  const money = { amount: 3000, currency: 'eur' };
  const common = { ...made, ...money, customer, payment_method: card };
  const email = `c${count}@example.org`;
  account.customers.put({ ...blankCustomer, ...made, id: customer, email });
  const method = account.paymentMethods.get(card);
  if (method) account.paymentMethods.put({ ...method, customer });
  account.paymentIntents.put({ ...blankIntent, ...common, id: intent, client_secret: '', latest_charge: charge });
  const { id: balance_transaction } = booked(account, {
    type: 'charge',
    category: 'charge',
    source: charge,
    ...money,
    settles: true,
  });
  account.charges.put({ ...blankCharge, ...common, id: charge, payment_intent: intent, balance_transaction });
}

const blankCustomer = {
  object: 'customer',
  name: null,
  phone: null,
  description: null,
  invoice_settings: { default_payment_method: null },
} as const;

const blankIntent = {
  object: 'payment_intent',
  status: 'succeeded',
  amount_received: 3000,
  amount_capturable: 0,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic_async',
  description: null,
  last_payment_error: null,
  next_action: null,
  payment_method_types: ['card'],
} as const;

const blankCharge = {
  object: 'charge',
  status: 'succeeded',
  amount_captured: 3000,
  amount_refunded: 0,
  captured: true,
  disputed: false,
  failure_code: null,
  paid: true,
  refunded: false,
} as const;
