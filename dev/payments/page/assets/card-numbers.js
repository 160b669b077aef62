// Shared by the simulator and by the card form in the browser.

/** @type {ReadonlyArray<{ brand: string, starts: RegExp, lengths: number[], groups: number[], cvc: number }>} */
const brands = [
  { brand: 'visa', starts: /^4/, lengths: [13, 16, 19], groups: [4, 4, 4, 4, 3], cvc: 3 },
  { brand: 'mastercard', starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16], groups: [4, 4, 4, 4], cvc: 3 },
  { brand: 'amex', starts: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvc: 4 },
  { brand: 'discover', starts: /^(6011|65|64[4-9])/, lengths: [16], groups: [4, 4, 4, 4], cvc: 3 },
  { brand: 'diners', starts: /^3(0[0-5]|[689])/, lengths: [14, 16], groups: [4, 4, 4, 4], cvc: 3 },
  { brand: 'jcb', starts: /^35(2[89]|[3-8])/, lengths: [16], groups: [4, 4, 4, 4], cvc: 3 },
  { brand: 'unionpay', starts: /^62/, lengths: [16, 17, 18, 19], groups: [4, 4, 4, 4, 3], cvc: 3 },
];
const unknown = { brand: 'unknown', lengths: [12, 13, 14, 15, 16, 17, 18, 19], groups: [4, 4, 4, 4, 3], cvc: 3 };

export function brandOf(number) {
  return brands.find(({ starts }) => starts.test(number)) ?? unknown;
}

/** ISO/IEC 7812-1, annex B: every second digit from the right is doubled; the sum of all digits ends in 0. */
export function passesLuhn(number) {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return digits.length > 0 && sum % 10 === 0;
}

/** @returns {'incomplete_number' | 'incorrect_number' | undefined} */
export function numberFault(number) {
  const { lengths } = brandOf(number);
  if (!/^\d*$/.test(number)) return 'incorrect_number';
  if (number.length < Math.min(...lengths)) return 'incomplete_number';
  return lengths.includes(number.length) && passesLuhn(number) ? undefined : 'incorrect_number';
}

/** A card is good through the last day of its month. Years have four digits. */
export function expiryFault(month, year, today) {
  if (!Number.isInteger(month) || month < 1 || month > 12) return 'invalid_expiry_month';
  const years = year - today.getUTCFullYear();
  const past = years < 0 || (years === 0 && month < today.getUTCMonth() + 1);
  return !Number.isInteger(year) || past || years > 50 ? 'invalid_expiry_year' : undefined;
}

export function cvcFault(cvc, number) {
  if (cvc === '') return 'incomplete_cvc';
  return /^\d+$/.test(cvc) && cvc.length === brandOf(number).cvc ? undefined : 'invalid_cvc';
}

/** `4242 4242 4242 4242`, as it is printed on the card. */
export function grouped(number) {
  const parts = [];
  let from = 0;
  for (const size of brandOf(number).groups) {
    parts.push(number.slice(from, from + size));
    from += size;
  }
  return parts.filter(Boolean).join(' ');
}
