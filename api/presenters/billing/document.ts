import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { CreditNote } from '../../../models/billing/credit-note.js';
import type { Invoice, Party } from '../../../models/billing/invoice.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { day } from '../moments.js';
import { countryName, presentLines } from './lines.js';
import { receiptSum } from './settled.js';

interface Shop {
  readonly name: string;
}

/** What the law asks an invoice to say (Directive 2006/112/EC, Art. 226), in its own language. */
export function presentPaperInvoice(
  invoice: Invoice,
  { due: owed, receipts }: Pick<InvoiceStory, 'due' | 'receipts'>,
  { name }: Shop,
) {
  const { language, number, issuedOn, dueOn } = invoice;
  const says = saying(language);
  const due = day({ language }, dueOn).exact;
  return {
    ...presentPaper(invoice, name),
    title: says('invoice'),
    number,
    facts: [
      { label: says('issued'), value: day({ language }, issuedOn).exact },
      { label: says('due'), value: due },
      { label: says('customer'), value: invoice.customer.number },
    ],
    total: invoice.status === 'open' && receipts.length === 0 ? says('toPay', { due }) : says('total'),
    settled: receipts.map((receipt) => receiptSum(language, receipt)),
    left:
      invoice.status === 'open' && receipts.length > 0
        ? { label: says('toPay', { due }), amount: formatMoney(language, owed) }
        : undefined,
    state: invoice.status === 'open' ? undefined : phrase(language, `states:invoice.${invoice.status}`),
  };
}

/** A credit note names the invoice it takes back (Art. 219). */
export function presentCreditNote(
  note: Pick<CreditNote, 'number' | 'issuedOn' | 'reason'>,
  invoice: Invoice,
  { name }: Shop,
) {
  const { language } = invoice;
  const says = saying(language);
  return {
    ...presentPaper(invoice, name),
    title: says('creditNote'),
    number: note.number,
    facts: [
      { label: says('issued'), value: day({ language }, note.issuedOn).exact },
      { label: says('credits'), value: invoice.number },
      { label: says('customer'), value: invoice.customer.number },
    ],
    total: says('credited'),
    reason: says(`reasons.${note.reason}`),
  };
}

function presentPaper(invoice: Invoice, shop: string) {
  const { language, seller, buyer, vatTreatment } = invoice;
  const { lines, rates, net, total } = presentLines(language, invoice);
  const treated = vatTreatment === 'reverse_charge' || vatTreatment === 'outside_scope';
  return {
    language,
    shop,
    seller: presentParty(language, seller),
    buyer: presentParty(language, buyer),
    lines,
    rates,
    net,
    amount: total,
    wording: treated ? saying(language)(`wording.${vatTreatment}`) : undefined,
  };
}

function presentParty(language: Language, { country, ...party }: Party) {
  return { ...party, country: countryName(language, country) };
}

function saying(language: Language) {
  return (key: string, values = {}) => phrase(language, `billing:document.${key}`, values);
}
