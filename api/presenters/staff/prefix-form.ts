import { phrase } from '../../../locales/phrases.js';
import type { Vlan } from '../../../models/network/vlan.js';
import type { Site } from '../../../models/servers/site.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { prefixPurposes } from '../../../rules/network/prefix-plan.js';
import type { FieldProblem } from '../../forms/staff/prefix.js';

export interface PrefixFormInput {
  readonly sites: readonly Site[];
  readonly vlans: readonly Vlan[];
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly FieldProblem[];
}

export function presentPrefixForm(language: Language, { sites, vlans, typed, wrong }: PrefixFormInput) {
  const says = (key: string, values = {}) => phrase(language, `inventory:prefixForm.${key}`, values);
  const problems = new Map(
    wrong.map(({ field, problem, about }) => [field, says(`wrong.${field}.${problem}`, { about: about ?? '' })]),
  );
  const siteOf = new Map(sites.map(({ id, code }) => [id, code]));
  return {
    title: says('title'),
    crumbs: [{ label: phrase(language, 'inventory:prefixes.title'), address: '/staff/prefixes' }],
    typed,
    wrong: Object.fromEntries(problems),
    errors: problems.size ? [...problems].map(([field, text]) => ({ field, text })) : undefined,
    sites: sites.map(({ id, code, city }) => ({ value: id, label: `${code} · ${city}`, chosen: id === typed.site })),
    purposes: prefixPurposes.map((purpose) => ({
      value: purpose,
      label: phrase(language, `inventory:prefixes.purposes.${purpose}`),
      detail: phrase(language, `inventory:prefix.meaning.${purpose}`),
      chosen: purpose === (typed.purpose ?? 'shared'),
    })),
    vlans: [
      { value: '', label: says('noVlan') },
      ...vlans.map(({ id, siteId, number, name }) => ({
        value: id,
        label: `${siteOf.get(siteId) ?? '–'} · ${number} · ${name}`,
        chosen: id === typed.vlan,
      })),
    ],
  };
}
