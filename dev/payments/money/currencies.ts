import { invalidRequest } from '../api/failures.js';

/** Currencies without a minor unit, and those with three decimals. https://docs.stripe.com/currencies#zero-decimal */
const withoutMinor = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const withThree = new Set('bhd jod kwd omr tnd'.split(' '));
/** Counted in hundredths for old times' sake, though nobody can pay them. */
const wholeOnly = new Set('isk ugx'.split(' '));
const known = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** In the currency's smallest unit. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const minimums: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};
const MAXIMUM = 99_999_999;

export function decimalsOf(currency: string): 0 | 2 | 3 {
  if (withoutMinor.has(currency)) return 0;
  return withThree.has(currency) ? 3 : 2;
}

/** The currency as it is kept, or what Stripe says of a word that is none. */
export function currencyNamed(given: string): string {
  const currency = given.toLowerCase();
  if (known.has(currency)) return currency;
  const message = `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...known].join(', ')}`;
  throw invalidRequest(message, { param: 'currency' });
}

/** Refuses an amount that cannot be charged in its currency. */
export function checkChargeable(amount: number, currency: string): void {
  if (amount < 1) {
    const code = 'parameter_invalid_integer';
    throw invalidRequest('This value must be greater than or equal to 1.', { code, param: 'amount' });
  }
  const minimum = minimums[currency] ?? 1;
  if (amount < minimum) {
    const message = `Amount must be at least ${spoken(minimum, currency)}`;
    throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > MAXIMUM) {
    const message = `Amount must be no more than ${spoken(MAXIMUM, currency)}`;
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount' });
  }
  checkStep(amount, currency);
}

/** Banks settle three decimals to the last but one, and whole krónur. */
export function checkStep(amount: number, currency: string): void {
  const step = withThree.has(currency) ? 10 : wholeOnly.has(currency) ? 100 : 1;
  if (amount % step === 0) return;
  throw invalidRequest(`Invalid amount: ${currency} amounts must be divisible by ${step}.`, { param: 'amount' });
}

function spoken(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return `${(amount / 10 ** decimals).toFixed(decimals)} ${currency}`;
}
