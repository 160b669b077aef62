import { phrase } from '../../../locales/phrases.js';
import { type FailedNarrowing, failedNarrowings } from '../../forms/staff/failed-narrowing.js';
import type { NarrowChoice } from '../listed.js';
import type { Reader } from '../moments.js';

/** Under which word the values of each choice have their phrases. */
const values = { age: 'ages', least: 'leasts', tries: 'manyTries', due: 'dues' } as const;

/** What the list of failed payments can be narrowed by, beside its filters. */
export function failedChoices({ language }: Reader, chosen: FailedNarrowing): NarrowChoice[] {
  const says = (key: string) => phrase(language, `payments:list.${key}`);
  return (['age', 'least', 'tries', 'due'] as const).map((name) => ({
    name,
    label: says(`narrowed.${name}`),
    options: ['', ...failedNarrowings[name]].map((value) => ({
      value,
      label: says(`${values[name]}.${value || 'any'}`),
      chosen: (chosen[name] ?? '') === value,
    })),
  }));
}

interface Listed {
  readonly total: string;
  readonly kept: readonly { readonly name: string; readonly value: string }[];
}

/** For `partials/list-bulk`: what is done with those that are ticked, or with all that match. */
export function bulkOf({ language }: Reader, { total, kept }: Listed, { query }: { readonly query: string }) {
  const says = (key: string) => phrase(language, `payments:list.${key}`, { total });
  return {
    action: '/staff/payment-batches/new',
    fields: [...kept, ...(query ? [{ name: 'q', value: query }] : [])],
    text: says('bulk'),
    ticked: tickedWords(language),
    all: says('pickAll'),
    acts: [
      { value: 'retry', label: says('bulkRetry'), icon: 'refresh' },
      { value: 'ask_card', label: says('bulkAskCard'), icon: 'mail' },
      { value: 'grant', label: says('bulkGrant'), icon: 'calendar-due' },
      { value: 'write_off', label: says('bulkWriteOff'), icon: 'ban' },
    ],
  };
}

/** As far as people tick; each form of the plural in the language has its first number there. */
const NUMBERS = Array.from({ length: 101 }, (_, number) => number);

/** For the script that counts: the sentence in each plural form, `{count}` and `{sum}` left open. */
function tickedWords(language: Reader['language']) {
  const rules = new Intl.PluralRules(language);
  const forms = [...new Set(NUMBERS.map((number) => rules.select(number)))];
  return forms.map((form) => ({
    form,
    words: phrase(language, 'payments:list.ticked', {
      count: NUMBERS.find((number) => rules.select(number) === form),
      number: '{count}',
      sum: '{sum}',
    }),
  }));
}
