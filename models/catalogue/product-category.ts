import { Model } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';

/** A text of the shop's own, written once in each language. */
export type Texts = Readonly<Record<Language, string>>;

export class ProductCategory extends Model {
  static override tableName = 'product_categories';
  static override jsonAttributes = ['name'];

  declare id: string;
  declare slug: string;
  declare name: Texts;
  declare position: number;
}
