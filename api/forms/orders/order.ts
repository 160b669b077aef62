import { z } from 'zod';
import { type Configuration, configure, machinesFor, periodsOf } from '../../../models/catalogue/configuration.js';
import type { Offer } from '../../../models/catalogue/offer.js';
import { asHostName } from '../../../rules/orders/host-name.js';
import { readSshKey } from '../../../rules/orders/ssh-key.js';
import { longText, text, typedText } from '../fields.js';

export interface OrderWish {
  /** One form, one order. */
  readonly token: string;
  readonly configuration: Configuration;
  readonly justification: string | null;
  readonly hostName: string;
  readonly sshKey: string | null;
  readonly contact: string;
  /** The sum that the page showed, if it came from a page. */
  readonly quotedTotal: string | undefined;
}

export interface Problem {
  /** The field's name; `form` where it is none of ours. */
  readonly field: string;
  /** The phrase `orders:form.wrong.<problem>`. */
  readonly problem: string;
}

/** Option keys are the catalogue's own: in front of them, so that none is ever taken for a field of ours. */
export const optionField = (key: string) => `option_${key}`;

/** In the order they stand in the form, behind the product's options. */
const asked = ['justification', 'hostName', 'sshKey', 'period', 'contact', 'terms'];
const unseen = ['token', 'quotedTotal', '_csrf', 'product', 'preview'];

const order = z.object({
  token: z.uuid(),
  justification: longText(1_000).optional(),
  hostName: text({ min: 1, max: 300 }),
  sshKey: longText(4_000).optional(),
  contact: text({ min: 1, max: 200 }),
  quotedTotal: z.string().max(20).optional(),
});

/** The order as it was meant, or what is wrong with the form. What may be chosen is the product's own affair. */
export function parseOrder(
  body: unknown,
  offer: Offer,
  termsVersion: string,
): { readonly value: OrderWish } | { readonly problems: readonly Problem[] } {
  const typed = typedText(body);
  const parsed = order.safeParse(body);
  const configuration = configurationIn(typed, offer);
  const hostName = asHostName(typed.hostName ?? '');
  const key = typed.sshKey?.trim() ? readSshKey(typed.sshKey) : { key: null };
  const reason = parsed.data?.justification ?? typed.justification?.trim() ?? '';
  const needed = needsReason(configuration);

  const wrong = new Map<string, string>(parsed.error?.issues.map(({ path }) => [String(path[0]), String(path[0])]));
  for (const [field, problem] of wrongChoices(typed, configuration)) wrong.set(field, problem);
  if (!hostName) wrong.set('hostName', typed.hostName?.trim() ? 'hostName' : 'noHostName');
  if ('refused' in key) wrong.set('sshKey', `sshKey_${key.refused}`);
  if (needed && !reason) wrong.set('justification', 'justification');
  if (typed.terms !== termsVersion) wrong.set('terms', 'terms');
  if (hasStrangers(body, offer)) wrong.set('form', 'form');
  if (wrong.size || !parsed.success || !hostName || 'refused' in key) return { problems: inOrder(wrong, offer) };

  const { token, contact, quotedTotal } = parsed.data;
  const justification = needed ? reason : null;
  return { value: { token, configuration, justification, hostName, sshKey: key.key, contact, quotedTotal } };
}

/** What was chosen as far as it is sold, and the usual for the rest: a page can always be drawn from it. */
export function configurationIn(typed: Readonly<Record<string, string>>, offer: Offer): Configuration {
  const periods = periodsOf(offer);
  const months = periods.find((each) => String(each) === typed.period) ?? periods[0] ?? 0;
  const configuration = configure(offer, months, (key) => typed[optionField(key)]);
  if (!configuration) throw new RangeError(`${offer.product.slug} is not sold in ${offer.currency}`);
  return configuration;
}

/** Whether the registry of addresses wants to know what they are for. */
export function needsReason({ chosen }: Configuration): boolean {
  return chosen.some(({ choice }) => (choice.ipv4PrefixLength ?? 32) < 32);
}

/** What the product does not have, and a combination that no machine has, told at the first thing that could be changed. */
function wrongChoices(typed: Readonly<Record<string, string>>, configuration: Configuration): [string, string][] {
  const { months, chosen } = configuration;
  const strays = chosen.filter(({ option, choice }) => typed[optionField(option.key)] !== choice.key);
  const wrong = strays.map(({ option }): [string, string] => [optionField(option.key), 'choice']);
  if (typed.period !== String(months)) wrong.push(['period', 'period']);
  if (wrong.length > 0 || machinesFor(configuration) > 0) return wrong;
  const physical = chosen.find(({ option }) => option.isPhysical);
  return [[physical ? optionField(physical.option.key) : 'form', 'soldOut']];
}

/** Fields that the page does not have, and fields of the page sent twice. */
function hasStrangers(body: unknown, { product }: Offer): boolean {
  if (typeof body !== 'object' || body === null) return true;
  const known = [...asked, ...unseen, ...product.options.map(({ key }) => optionField(key))];
  return Object.entries(body).some(([field, value]) => !known.includes(field) || typeof value !== 'string');
}

function inOrder(wrong: ReadonlyMap<string, string>, { product }: Offer): Problem[] {
  const fields = [...product.options.map(({ key }) => optionField(key)), ...asked, ...unseen, 'form'];
  return fields.flatMap((field) => {
    const problem = wrong.get(field);
    return problem ? [{ field, problem }] : [];
  });
}
