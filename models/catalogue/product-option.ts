import { Model } from 'objection';
import { OptionChoice } from './option-choice.js';
import type { Texts } from './product-category.js';

/** What a customer chooses about a product: memory, disks, uplink, addresses, system. */
export class ProductOption extends Model {
  static override tableName = 'product_options';
  static override jsonAttributes = ['name'];

  declare id: string;
  declare productId: string;
  declare key: string;
  declare name: Texts;
  declare position: number;
  /** Built into the machine: stock is counted for each choice. */
  declare isPhysical: boolean;
  declare choices: OptionChoice[];

  static override relationMappings = () => ({
    choices: {
      relation: Model.HasManyRelation,
      modelClass: OptionChoice,
      join: { from: 'product_options.id', to: 'option_choices.optionId' },
      modify: (query: { orderBy(column: string): unknown }) => query.orderBy('position'),
    },
  });
}
