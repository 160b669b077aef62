import { Model } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';
import type { Texts } from '../catalogue/product-category.js';

/** A choice as it was sold; later changes of the catalogue never touch it. */
export interface SoldChoice {
  readonly option: string;
  readonly choice: string;
  readonly choiceId: string;
  readonly isPhysical: boolean;
  readonly name: Texts;
  readonly recurringMinor: number;
  readonly setupMinor: number;
}

export class OrderLine extends Model {
  static override tableName = 'order_lines';
  static override jsonAttributes = ['choices'];

  declare id: string;
  declare orderId: string;
  declare position: number;
  declare productId: string;
  declare productName: string;
  declare choices: readonly SoldChoice[];
  declare periodMonths: number;
  /** Of the product alone, for one period. */
  declare productRecurringMinor: number;
  /** With all choices, for one period. */
  declare recurringMinor: number;
  declare setupMinor: number;
  declare hostName: string;
  declare system: string;
  declare ipv4PrefixLength: number;
  declare justification: string | null;
  declare sshKey: string | null;
  declare implementationContact: string;

  get physicalChoiceIds(): string[] {
    return this.choices.filter(({ isPhysical }) => isPhysical).map(({ choiceId }) => choiceId);
  }
}

/** The operating system's name; its key where it was not chosen by name. */
export function systemName({ choices, system }: Pick<OrderLine, 'choices' | 'system'>, language: Language): string {
  return choices.find(({ choice }) => choice === system)?.name[language] ?? system;
}
