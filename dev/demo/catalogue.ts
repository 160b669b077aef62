import { OptionChoice } from '../../models/catalogue/option-choice.js';
import { Price } from '../../models/catalogue/price.js';
import { Product } from '../../models/catalogue/product.js';
import { ProductCategory, type Texts } from '../../models/catalogue/product-category.js';
import { ProductOption } from '../../models/catalogue/product-option.js';
import type { CalendarDay } from '../../rules/calendar.js';
import { addresses, type DemoChoice, type DemoProduct, products, systems } from './products.js';

/** Days ahead and their discount, in percent: net prices of a period are rounded once, when the list is written. */
const periods = [
  { months: 1, off: 0, setup: true },
  { months: 3, off: 3, setup: true },
  { months: 12, off: 10, setup: false },
] as const;
const SETUP_MINOR = 49_00;
const currencies = [{ currency: 'EUR', rate: 1 }] as const;

const optionNames = {
  memory: { en: 'Memory', fr: 'Mémoire', uk: 'Памʼять' },
  disks: { en: 'Disks', fr: 'Disques', uk: 'Диски' },
  uplink: { en: 'Uplink and traffic', fr: 'Débit et trafic', uk: 'Канал і трафік' },
  addresses: { en: 'Addresses', fr: 'Adresses', uk: 'Адреси' },
  system: { en: 'Operating system', fr: 'Système d’exploitation', uk: 'Операційна система' },
} as const;

const categories = [
  { slug: 'servers', name: { en: 'Dedicated servers', fr: 'Serveurs dédiés', uk: 'Виділені сервери' } },
  { slug: 'storage', name: { en: 'Storage servers', fr: 'Serveurs de stockage', uk: 'Сервери зберігання' } },
] as const;

/** A product of the catalogue with the ids of its physical choices, by option and key: `memory/128`. */
export interface SeededProduct {
  readonly product: Product;
  readonly choiceIds: ReadonlyMap<string, string>;
}

/** What the shop sells, with net prices in force from that day; by slug. */
export async function seedCatalogue(validFromOn: CalendarDay): Promise<Map<string, SeededProduct>> {
  const seeded = new Map<string, SeededProduct>();
  for (const [index, { slug, name }] of categories.entries()) {
    const category = await ProductCategory.query().insertAndFetch({ slug, name, position: index + 1 });
    for (const wanted of products.filter((product) => product.category === slug)) {
      seeded.set(wanted.slug, await seedProduct(category, wanted, validFromOn));
    }
  }
  return seeded;
}

async function seedProduct(
  category: ProductCategory,
  wanted: DemoProduct,
  validFromOn: CalendarDay,
): Promise<SeededProduct> {
  const { slug, name, purpose, description, facts, position } = wanted;
  const row = { categoryId: category.id, slug, name, purpose, description, facts, position };
  const product = await Product.query().insertAndFetch(row);
  await seedPrices({ productId: product.id }, wanted.monthMinor, SETUP_MINOR, validFromOn);
  const choiceIds = new Map<string, string>();
  const options = { memory: wanted.memory, disks: wanted.disks, uplink: wanted.uplink, addresses, system: systems };
  for (const [index, [key, choices]] of Object.entries(options).entries()) {
    const isPhysical = key === 'memory' || key === 'disks';
    const named = { key, name: optionNames[key as keyof typeof optionNames], position: index + 1, isPhysical };
    const option = await ProductOption.query().insertAndFetch({ productId: product.id, ...named });
    for (const [place, choice] of choices.entries()) {
      const id = await seedChoice(option, choice, place, validFromOn);
      if (isPhysical) choiceIds.set(`${key}/${choice.key}`, id);
    }
  }
  return { product, choiceIds };
}

async function seedChoice(
  option: ProductOption,
  choice: DemoChoice,
  place: number,
  validFromOn: CalendarDay,
): Promise<string> {
  const { key, name, remark = null, monthMinor = 0, ipv4PrefixLength = null } = choice;
  const shown = {
    name: textsOf(name),
    remark: remark === null ? null : textsOf(remark),
    position: place + 1,
    isDefault: place === 0,
  };
  const { id } = await OptionChoice.query().insertAndFetch({ optionId: option.id, key, ipv4PrefixLength, ...shown });
  await seedPrices({ choiceId: id }, monthMinor, 0, validFromOn);
  return id;
}

async function seedPrices(
  of: Partial<Pick<Price, 'productId' | 'choiceId'>>,
  monthMinor: number,
  setupMinor: number,
  validFromOn: CalendarDay,
): Promise<void> {
  const rows: Partial<Price>[] = currencies.flatMap(({ currency, rate }) =>
    periods.map(({ months, off, setup }) => ({
      ...of,
      currency,
      periodMonths: months,
      recurringMinor: Math.round((monthMinor * rate * months * (100 - off)) / 100),
      setupMinor: setup ? setupMinor : 0,
      validFromOn,
    })),
  );
  for (const row of rows) await Price.query().insert(row);
}

function textsOf(text: string | Texts): Texts {
  return typeof text === 'string' ? { en: text, fr: text, uk: text } : text;
}
