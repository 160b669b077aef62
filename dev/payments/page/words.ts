import en from './words/en.json' with { type: 'json' };
import fr from './words/fr.json' with { type: 'json' };
import uk from './words/uk.json' with { type: 'json' };

export type Words = Readonly<Record<keyof typeof en, string>>;

/** Of each language that the simulator's own pages speak. */
export const spoken: Readonly<Record<string, Words>> = { en, fr, uk };

/** The asked language, or English. */
export function wordsIn(locale: unknown): { language: string; words: Words } {
  const [language = ''] = String(locale ?? '').split('-');
  const words = spoken[language];
  return words ? { language, words } : { language: 'en', words: en };
}
