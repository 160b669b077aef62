import { z } from 'zod';

/**
 * A saved card of ours, or the provider's id of a setup that the page has just finished; and the amount that was shown, in
 * minor units, above which nothing is charged. What is charged is the invoice's own.
 */
const payment = z
  .strictObject({
    _csrf: z.unknown().optional(),
    card: z.uuid().optional(),
    amount: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number)
      .optional(),
    setup: z
      .string()
      .regex(/^seti_\w{1,200}$/)
      .optional(),
  })
  .refine(({ card, setup }) => (card === undefined) !== (setup === undefined));

export type ChosenCard = ({ readonly card: string } | { readonly setup: string }) & {
  readonly shownMinor: number | undefined;
};

/** Which card is to pay; nothing where the form does not say it as ours does. */
export function parsePayment(body: unknown): ChosenCard | undefined {
  const parsed = payment.safeParse(body);
  if (!parsed.success) return undefined;
  const { card, setup, amount: shownMinor } = parsed.data;
  if (card !== undefined) return { card, shownMinor };
  return setup === undefined ? undefined : { setup, shownMinor };
}
