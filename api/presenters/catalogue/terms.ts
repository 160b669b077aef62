import { formatDay } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { TermsDocument } from '../../../models/catalogue/terms-document.js';
import type { Language } from '../../../rules/accounts/languages.js';

/** The terms as one reads them before accepting, and years later. */
export function presentTerms(language: Language, { version, fromOn, sections }: TermsDocument) {
  return {
    title: phrase(language, 'catalogue:terms.title'),
    sub: phrase(language, 'catalogue:terms.version', { version, day: formatDay(language, fromOn) }),
    sections: sections[language].map((section, at) => ({ ...section, number: at + 1 })),
  };
}
