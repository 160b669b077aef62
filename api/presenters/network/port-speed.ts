import { numberFormat } from '../../../locales/formatters.js';
import type { Language } from '../../../rules/accounts/languages.js';

/** `1 Gbit/s`: whole gigabits where there are some. */
export function portSpeed(language: Language, speedMbit: number): string {
  const fast = speedMbit % 1_000 === 0;
  const unit = { style: 'unit', unit: fast ? 'gigabit-per-second' : 'megabit-per-second' } as const;
  return numberFormat(language, unit).format(fast ? speedMbit / 1_000 : speedMbit);
}
