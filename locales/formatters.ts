import type { Language } from '../rules/accounts/languages.js';

/** As many as languages, zones and ways of writing make; far more would be somebody's invented zones. */
const MOST = 2_000;
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** Making a formatter takes a hundred times as long as using it, and a list uses some dozens: each kind is made once. */
export function dateFormat(
  language: Language | 'en-GB',
  options: Readonly<Intl.DateTimeFormatOptions>,
): Intl.DateTimeFormat {
  return kept(dates, language, options, () => new Intl.DateTimeFormat(language, options));
}

export function numberFormat(language: Language, options: Readonly<Intl.NumberFormatOptions> = {}): Intl.NumberFormat {
  return kept(numbers, language, options, () => new Intl.NumberFormat(language, options));
}

function kept<Format>(known: Map<string, Format>, language: string, options: object, make: () => Format): Format {
  let key = language;
  for (const [name, value] of Object.entries(options)) key += ` ${name} ${value}`;
  const found = known.get(key);
  if (found) return found;
  if (known.size >= MOST) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}
