import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { CreditMove } from '../../../models/billing/credit-balance.js';
import type { Money } from '../../../rules/money.js';
import { moment, type Reader } from '../moments.js';

interface CreditTold {
  readonly moves: readonly CreditMove[];
  readonly balances: readonly Money[];
}

/** As many as are shown. */
export const CREDIT_MOVES = 100;

/** A customer's credit and what moved it; `invoices` is where the reader finds invoices. */
export function presentCredit(reader: Reader, { moves, balances }: CreditTold, currency: string, invoices: string) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `billing:credit.${key}`, values);
  const held = balances.filter(({ amountMinor }) => amountMinor !== 0);
  const figure = (held.length > 0 ? held : [{ amountMinor: 0, currency }]).map((each) => formatMoney(language, each));
  return {
    kpis: [{ label: says('balance'), figure: figure.join(' + '), detail: says('balanceDetail') }],
    newest: moves.length === CREDIT_MOVES ? says('newest', { most: CREDIT_MOVES }) : undefined,
    moves: moves.map(({ kind, amountMinor, currency, movedAt, invoice, service }) => ({
      when: moment(reader, movedAt),
      why: says(`kinds.${kind}`, { invoice: invoice ?? '', service: service ?? '' }),
      address: invoice ? `${invoices}/${invoice}` : undefined,
      amount: `${amountMinor < 0 ? '−' : '+'}${formatMoney(language, { amountMinor: Math.abs(amountMinor), currency })}`,
    })),
  };
}
