import { OptionChoice } from '../../models/catalogue/option-choice.js';
import { Price } from '../../models/catalogue/price.js';
import type { Product } from '../../models/catalogue/product.js';
import { ProductOption } from '../../models/catalogue/product-option.js';
import { aProduct, aServer } from './inventory.js';
import type { Fields } from './visitor.js';

const texts = (text: string) => ({ en: text, fr: text, uk: text });

/** By option, each choice and what it costs a month; options that are built into the machine first. */
const physical = { memory: { 64: 0, 128: 28_00, 192: 56_00 }, disks: { 960: 0, 1920: 19_00, 3840: 44_00 } };
const other = { addresses: { 32: 0, 29: 12_00 }, system: { 'debian-13': 0, 'ubuntu-26.04': 0 } };

export interface DrawnProduct {
  readonly product: Product;
  /** The choice's id, by `memory/128`. */
  readonly choiceId: (name: string) => string;
  /** A ready machine that was built with these. */
  readonly machine: (...choices: string[]) => ReturnType<typeof aServer>;
}

/** The product that the order page draws: 109.00 a month and 49.00 once; a year ahead at ten times, without setup. */
export async function theDrawnProduct(differing: Partial<Product> = {}): Promise<DrawnProduct> {
  const facts = [{ label: texts('Processor'), value: texts('EPYC 4464P, 12 cores') }];
  const product = await aProduct({ name: 'Quay M4', facts, ...differing });
  await priced({ productId: product.id }, 109_00, 49_00);
  const ids = new Map<string, string>();
  for (const [index, [key, choices]] of Object.entries({ ...physical, ...other }).entries()) {
    const row = { productId: product.id, key, name: texts(key), position: index + 1, isPhysical: key in physical };
    const option = await ProductOption.query().insertAndFetch(row);
    for (const [position, [choice, monthMinor]] of Object.entries(choices).entries()) {
      const ipv4PrefixLength = key === 'addresses' ? Number(choice) : null;
      const shown = {
        name: texts(`${key} ${choice}`),
        remark: null,
        position,
        isDefault: monthMinor === 0 && position === 0,
      };
      const { id } = await OptionChoice.query().insertAndFetch({
        optionId: option.id,
        key: choice,
        ipv4PrefixLength,
        ...shown,
      });
      await priced({ choiceId: id }, monthMinor, 0);
      ids.set(`${key}/${choice}`, id);
    }
  }
  const choiceId = (name: string) => ids.get(name) ?? '';
  return { product, choiceId, machine: (...choices) => aServer({ productId: product.id }, choices.map(choiceId)) };
}

/** What somebody fills in who orders the drawn server; the sum is left to the shop. */
export function drawnOrder({ product }: DrawnProduct, differing: Fields = {}): Fields {
  return {
    product: product.slug,
    token: crypto.randomUUID(),
    option_memory: '128',
    option_disks: '1920',
    option_addresses: '29',
    option_system: 'debian-13',
    justification: 'TLS certificates for three customer portals.',
    hostName: 'web-4.haut-jura.example',
    sshKey: '',
    contact: 'Élodie, elodie@haut-jura.example',
    period: '1',
    terms: '12',
    ...differing,
  };
}

async function priced(of: Partial<Pick<Price, 'productId' | 'choiceId'>>, monthMinor: number, setupMinor: number) {
  const row = { ...of, currency: 'EUR', validFromOn: '2026-01-01' };
  await Price.query().insert({ ...row, periodMonths: 1, recurringMinor: monthMinor, setupMinor });
  await Price.query().insert({ ...row, periodMonths: 12, recurringMinor: monthMinor * 10, setupMinor: 0 });
}
