import { Model, type QueryBuilder } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Brand } from '../accounts/brand.js';

export interface TermsSection {
  readonly heading: string;
  readonly text: string;
}

/** One version of what a brand's customers accept when they order. It is never changed: the next version is another row. */
export class TermsDocument extends Model {
  static override tableName = 'terms_documents';
  static override jsonAttributes = ['sections'];

  declare id: string;
  declare brandId: string;
  declare version: string;
  declare fromOn: CalendarDay;
  declare sections: Readonly<Record<Language, readonly TermsSection[]>>;

  static override modifiers = {
    of: (query: QueryBuilder<TermsDocument>, { id: brandId }: Pick<Brand, 'id'>, version: string) =>
      query.where({ brandId, version }),
  };
}
