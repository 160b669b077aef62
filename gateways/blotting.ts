/** What is secret by its shape, in whatever text it stands. */
const shapes: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(:\/\/)[^\s/@"\\]+:[^\s/@"\\]+@/g, '$1…@'], // a sign-in inside an address
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 …'],
  [/\b(?:sk|rk)_(?:live|test)_\w+|\bwhsec_\w+|\b(?:pi|seti)_\w+_secret_\w+/g, '…'], // Stripe's
];
/** Card numbers have 13 to 19 digits, maybe in groups. */
const digits = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])/g;
const SHORTEST = 6;

/**
 * Blots out of a line what must never be written down: the given secrets wherever they stand, also as JSON or an address
 * writes them, and what is secret by its shape.
 */
export function blotting(secrets: readonly string[]): (line: string) => string {
  const written = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const known = [...new Set(written)].sort((one, other) => other.length - one.length);
  return (line) => {
    const without = known.reduce((text, secret) => text.replaceAll(secret, '…'), line);
    const shaped = shapes.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), without);
    return shaped.replaceAll(digits, (number) => (isCard(number) ? '…' : number));
  };
}

/** The check digit (ISO/IEC 7812, Luhn) tells a card from other long numbers. */
function isCard(number: string): boolean {
  const values = [...number.replaceAll(/\D/g, '')].reverse().map(Number);
  const sum = values.reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
