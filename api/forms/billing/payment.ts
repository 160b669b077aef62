import { z } from 'zod';
import type { ShownAmount } from '../../../workflows/messages/invoice-payment.js';

const minor = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional();

/**
 * A saved card of ours, or the provider's id of a setup that the page has just finished; and what the page showed that the card
 * and the credit pay, in minor units: nothing else is charged. What is charged is the invoice's own.
 */
const payment = z
  .strictObject({
    _csrf: z.unknown().optional(),
    card: z.uuid().optional(),
    amount: minor,
    credit: minor,
    setup: z
      .string()
      .regex(/^seti_\w{1,200}$/)
      .optional(),
  })
  .refine(({ card, setup }) => (card === undefined) !== (setup === undefined));

export type ChosenCard = ({ readonly card: string } | { readonly setup: string }) & {
  readonly shown: ShownAmount | undefined;
};

/** Which card is to pay; nothing where the form does not say it as ours does. */
export function parsePayment(body: unknown): ChosenCard | undefined {
  const parsed = payment.safeParse(body);
  if (!parsed.success) return undefined;
  const { card, setup, amount, credit = 0 } = parsed.data;
  const shown = amount === undefined ? undefined : { cardMinor: amount, creditMinor: credit };
  if (card !== undefined) return { card, shown };
  return setup === undefined ? undefined : { setup, shown };
}
