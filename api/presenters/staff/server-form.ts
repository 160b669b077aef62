import { phrase } from '../../../locales/phrases.js';
import type { Product } from '../../../models/catalogue/product.js';
import type { Rack } from '../../../models/servers/rack.js';
import type { Server } from '../../../models/servers/server.js';
import type { EntryProblem } from '../../../models/servers/server-conflicts.js';
import type { FreePort } from '../../../models/servers/server-places.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { optionField } from '../../forms/orders/order.js';
import { cipherSuites } from '../../forms/staff/server.js';
import { addressOfServer } from './server.js';

export interface ServerFormInput {
  readonly product: Product;
  readonly products: readonly Product[];
  readonly racks: readonly Rack[];
  readonly ports: readonly FreePort[];
  /** The machine that is changed; none where one is added. */
  readonly server?: Server | undefined;
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly EntryProblem[];
}

const crumb = (language: Language) => ({
  label: phrase(language, 'inventory:servers.title'),
  address: '/staff/servers',
});

/** First of all what it is: the options of the form are the product's. */
export function presentProductChoice(language: Language, products: readonly Product[]) {
  const says = (key: string) => phrase(language, `inventory:form.${key}`);
  return {
    title: says('addTitle'),
    crumbs: [crumb(language)],
    choices: products.map(({ slug, name, purpose }, index) => ({
      value: slug,
      label: name,
      detail: purpose[language],
      chosen: index === 0,
    })),
  };
}

export function presentServerForm(language: Language, input: ServerFormInput) {
  const { product, products, racks, server, typed, wrong } = input;
  const says = (key: string, values = {}) => phrase(language, `inventory:form.${key}`, values);
  const problems = new Map(
    wrong.map(({ field, problem }) => [fieldOf(field, product), wordsOf(language, field, problem)]),
  );
  const action = server ? addressOfServer(server.label) : '/staff/servers';
  return {
    title: server ? says('changeTitle', { label: server.label }) : says('addTitle'),
    sub: server ? says('changeSub') : says('addSub', { product: product.name }),
    crumbs: server ? [crumb(language), { label: server.label, address: action }] : [crumb(language)],
    isNew: !server,
    action,
    back: server ? action : '/staff/servers',
    productAddress: server ? `${action}/edit` : '/staff/servers/new',
    product: product.slug,
    products: products.map(({ slug, name }) => ({ value: slug, label: name, chosen: slug === product.slug })),
    errors: problems.size
      ? [...problems].map(([field, text]) => (field === 'form' ? { text } : { field, text }))
      : undefined,
    wrong: Object.fromEntries(problems),
    typed: { ...typed, bmcPassword: '' },
    built: product.options.map((option) => {
      const name = optionField(option.key);
      const choices = option.choices.map(({ key, name: words, isDefault }) => ({
        value: key,
        label: words[language],
        chosen: typed[name] === undefined ? isDefault : typed[name] === key,
      }));
      return { name, label: option.name[language], choices, error: problems.get(name) };
    }),
    racks: racks.map(({ id, name, units, site }) => ({
      value: id,
      label: says('rackOption', { site: site.code, rack: name, units }),
      chosen: id === typed.rack,
    })),
    ports: portOptions(language, input),
    drivers: (['redfish', 'ipmi'] as const).map((driver) => ({
      value: driver,
      label: phrase(language, `inventory:driver.${driver}`),
      detail: says(`addressOf.${driver}`),
      chosen: driver === (typed.driver ?? 'redfish'),
    })),
    suites: cipherSuites.map((suite) => ({
      value: suite,
      label: says(`suite.${suite}`),
      chosen: String(suite) === (typed.cipherSuite ?? '17'),
    })),
    passwordHint: server?.bmc ? says('passwordKept') : says('passwordSealed'),
    passwordRequired: !server?.bmc,
  };
}

function portOptions(language: Language, { ports, racks, typed }: ServerFormInput) {
  const siteOf = new Map(racks.map(({ site }) => [site.id, site.code]));
  if (ports.length === 0) return [{ value: '', label: phrase(language, 'inventory:form.noPort') }];
  return ports.map(({ id, siteId, switch: device, name }) => ({
    value: id,
    label: `${siteOf.get(siteId) ?? '–'} · ${device} ${name}`,
    chosen: id === typed.port,
  }));
}

/** A machine's record as the form shows it before anything is typed. */
export function typedOf(server: Server, built: ReadonlyMap<string, string>): Record<string, string> {
  const { serial, mac, rackId, unit, height, switchPortId, bmc } = server;
  const options = [...built].map(([option, choice]) => [optionField(option), choice]);
  return {
    ...Object.fromEntries(options),
    ...{ serial, mac, rack: rackId, unit: String(unit), height: String(height), port: switchPortId },
    ...(bmc && {
      driver: bmc.driver,
      bmcAddress: bmc.address,
      bmcUser: bmc.username,
      cipherSuite: String(bmc.cipherSuite),
    }),
  };
}

/** What a machine is built of is told at the first option that could be changed. */
function fieldOf(field: string, product: Product): string {
  const [option] = product.options;
  return field === 'built' ? (option ? optionField(option.key) : 'product') : field;
}

function wordsOf(language: Language, field: string, problem: string): string {
  const named = field.startsWith('option_') ? 'option' : field;
  return phrase(language, problem === 'wrong' ? `inventory:form.wrong.${named}` : `inventory:form.${problem}.${named}`);
}
