import { numberFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { type StockLevel, stockLevel } from '../../../rules/catalogue/stock.js';
import type { Icon } from '../icons.js';
import type { Tone } from '../pill.js';

const looks: Readonly<Record<StockLevel, { tone: Tone; icon: Icon; says: string }>> = {
  ready: { tone: 'ok', icon: 'circle-check', says: 'ready' },
  few: { tone: 'warn', icon: 'alert-triangle', says: 'left' },
  sold_out: { tone: 'idle', icon: 'clock', says: 'soldOut' },
};

/** For `partials/pill`: how many machines are left. */
export function stockPill(language: Language, machines: number) {
  const { tone, icon, says } = looks[stockLevel(machines)];
  return { tone, icon, text: phrase(language, `catalogue:${says}`, { count: machines }) };
}

/** `−10 %`, as the reader's language writes it. */
export function percent(language: Language, whole: number, digits = 0): string {
  const format = { style: 'percent', maximumFractionDigits: digits } as const;
  return numberFormat(language, format).format(whole / 100);
}
