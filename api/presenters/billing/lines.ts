import { formatMoney } from '../../../locales/formats.js';
import { numberFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { documentTotals } from '../../../rules/billing/document-totals.js';
import { addDays } from '../../../rules/calendar.js';
import { day } from '../moments.js';

/** What is charged, line by line, and what it comes to per rate: the same on the page and on paper. */
export function presentLines(language: Language, invoice: Invoice) {
  const { currency, lines } = invoice;
  const money = (amountMinor: number) => formatMoney(language, { amountMinor, currency });
  const nets = lines.map(({ netMinor, vatRateBp }) => ({ net: { amountMinor: netMinor, currency }, vatRateBp }));
  return {
    lines: lines.map(({ description, detail, netMinor, periodStartsOn, periodEndsOn }) => ({
      description,
      detail,
      period:
        periodStartsOn && periodEndsOn
          ? `${day({ language }, periodStartsOn).text} – ${day({ language }, addDays(periodEndsOn, -1)).text}`
          : undefined,
      net: money(netMinor),
    })),
    rates: documentTotals(nets, currency).rates.map(({ vatRateBp, net, vat }) => ({
      rate: vatName(language, invoice, vatRateBp),
      net: formatMoney(language, net),
      vat: formatMoney(language, vat),
    })),
    net: money(invoice.netMinor),
    total: money(invoice.totalMinor),
  };
}

/** For `partials/sums`: net, VAT rate by rate, total. */
export function sumsOf(language: Language, { net, rates, total }: ReturnType<typeof presentLines>) {
  return [
    { label: phrase(language, 'billing:page.net'), amount: net },
    ...rates.map(({ rate, vat }) => ({ label: rate, amount: vat })),
    { label: phrase(language, 'billing:page.total'), amount: total, total: true },
  ];
}

/** `VAT 20 %, France`; where none is charged, why. */
function vatName(language: Language, { vatTreatment, seller, buyer }: Invoice, rateBp: number): string {
  if (vatTreatment === 'reverse_charge' || vatTreatment === 'outside_scope')
    return phrase(language, `billing:vat.${vatTreatment}`);
  const country = vatTreatment === 'domestic' ? seller.country : buyer.country;
  const percent = { style: 'percent', maximumFractionDigits: 2 } as const;
  const rate = numberFormat(language, percent).format(rateBp / 10_000);
  return phrase(language, 'billing:vat.rate', { rate, country: countryName(language, country) });
}

export function countryName(language: Language, code: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}
