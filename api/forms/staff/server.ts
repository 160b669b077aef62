import { z } from 'zod';
import type { Product } from '../../../models/catalogue/product.js';
import type { EntryProblem, ServerEntry } from '../../../models/servers/server-conflicts.js';
import { LONGEST_IPMI_NAME, LONGEST_IPMI_PASSWORD, readIpmiAddress } from '../../../rules/servers/ipmi-access.js';
import { readMac } from '../../../rules/servers/mac-address.js';
import { text, typedText, wholeNumber } from '../fields.js';
import { optionField } from '../orders/order.js';

/** In the order they stand in the form, the product's options before them. */
export const serverFields = ['product', 'label', 'serial', 'mac', 'rack', 'unit', 'height', 'port'].concat([
  'driver',
  'bmcAddress',
  'bmcUser',
  'bmcPassword',
  'cipherSuite',
]);

/** Those that boards and simulators in the field know (IPMI 2.0, table 22-20): SHA-256, and SHA-1 for old ones. */
export const cipherSuites = [17, 3] as const;

const machine = z.object({
  serial: text({ min: 1, max: 60 }),
  mac: z.string().transform((typed, context) => readMac(typed) ?? refuse(context)),
  rack: z.uuid(),
  unit: wholeNumber({ min: 1, max: 100 }),
  height: wholeNumber({ min: 1, max: 20 }),
  port: z.uuid(),
  driver: z.enum(['redfish', 'ipmi']),
  bmcUser: text({ min: 1, max: 60 }),
  bmcPassword: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u),
  cipherSuite: z.enum(['17', '3']).transform(Number),
});

/** Painted on the machine, and part of its page's address for ever. */
const label = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/)
  .refine((typed) => typed !== 'new');

export interface ServerFormFacts {
  readonly product: Product;
  /** A machine that is there keeps its label, and its BMC's password where none is typed. */
  readonly known: { readonly hasBmc: boolean } | undefined;
}

export type ServerForm =
  | { readonly label: string; readonly entry: ServerEntry; readonly bmcPassword: string }
  | { readonly wrong: readonly EntryProblem[] };

/** A machine as it was meant, its BMC's password still open; or what is wrong with the form. */
export function parseServer(body: unknown, { product, known }: ServerFormFacts): ServerForm {
  const typed = typedText(body);
  const parsed = machine.safeParse(body ?? {});
  const named = label.safeParse(typed.label);
  const chosen = product.options.map((option) => ({
    field: optionField(option.key),
    choice: option.choices.find(({ key }) => key === typed[optionField(option.key)]),
  }));
  const address = bmcAddress(typed.driver, typed.bmcAddress ?? '');
  const wrong = new Set(parsed.error?.issues.map(({ path }) => String(path[0])));
  for (const { field, choice } of chosen) if (!choice) wrong.add(field);
  if (!known && !named.success) wrong.add('label');
  if (!address) wrong.add('bmcAddress');
  if (!known?.hasBmc && !typed.bmcPassword) wrong.add('bmcPassword');
  const long = tooLongForIpmi(typed).filter((field) => !wrong.has(field));
  if (wrong.size + long.length > 0 || !parsed.success || !address) {
    const order = [...chosen.map(({ field }) => field), ...serverFields];
    const problems = order.filter((field) => wrong.has(field) || long.includes(field));
    return { wrong: problems.map((field) => ({ field, problem: wrong.has(field) ? 'wrong' : 'long' })) };
  }
  const { serial, mac, rack, unit, height, port, driver, bmcUser, bmcPassword, cipherSuite } = parsed.data;
  const bmc = { driver, address, username: bmcUser, cipherSuite, passwordSealed: undefined };
  const place = { rackId: rack, unit, height, portId: port };
  const choiceIds = chosen.flatMap(({ choice }) => choice?.id ?? []);
  const entry = { productId: product.id, choiceIds, serial, mac, ...place, bmc };
  return { label: named.data ?? '', entry, bmcPassword };
}

/** Redfish by the address of its system, IPMI by host and port; nothing for what is neither. */
function bmcAddress(driver: string | undefined, typed: string): string | undefined {
  const address = typed.trim();
  if (address.length > 200) return undefined;
  if (driver === 'redfish') {
    const plain = /^https?:\/\/[^\s/?#@]+\/redfish\/v1\/Systems\/[\w.-]+$/;
    return plain.test(address) && URL.canParse(address) ? address : undefined;
  }
  return readIpmiAddress(address) && address;
}

/** What the driver would refuse when a customer waits for this machine. */
function tooLongForIpmi({ driver, bmcUser = '', bmcPassword = '' }: Readonly<Record<string, string>>): string[] {
  if (driver !== 'ipmi') return [];
  const long = (field: string, typed: string, most: number) => (Buffer.byteLength(typed) > most ? [field] : []);
  return [
    ...long('bmcUser', bmcUser.trim(), LONGEST_IPMI_NAME),
    ...long('bmcPassword', bmcPassword, LONGEST_IPMI_PASSWORD),
  ];
}

function refuse(context: z.RefinementCtx): string {
  context.addIssue({ code: 'custom', message: 'wrong' });
  return '';
}
