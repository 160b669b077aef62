import type { Money } from '../money.js';

/**
 * What is given up of an invoice becomes a loss, gross: the claim goes, `write_offs` takes it. The VAT stays owed as it was
 * booked with the invoice: it is due on what was supplied, and a seller gets it back only by claiming relief for a bad debt,
 * under each country's own conditions and waiting time (Directive 2006/112/EC, Article 90(2)), in a return of its own. A
 * credit note would take the VAT back at once, and with it the claim on the customer: this is none.
 */
export function lossBooking({ amountMinor }: Money): { write_offs: number; receivables: number } {
  return { write_offs: amountMinor, receivables: -amountMinor };
}

/** What a payment settles: the claim while there is one; once that was written off, the loss becomes so much smaller. */
export function settledAccount(status: string): 'receivables' | 'write_offs' {
  return status === 'uncollectible' ? 'write_offs' : 'receivables';
}
