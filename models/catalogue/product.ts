import { Model, type QueryBuilder } from 'objection';
import { ProductCategory, type Texts } from './product-category.js';
import { ProductOption } from './product-option.js';

export interface ProductFact {
  readonly label: Texts;
  readonly value: Texts;
}

/** Something the shop sells. */
export class Product extends Model {
  static override tableName = 'products';
  static override jsonAttributes = ['purpose', 'description', 'facts'];

  declare id: string;
  declare categoryId: string;
  declare slug: string;
  declare name: string;
  /** A few words on what it is for. */
  declare purpose: Texts;
  declare description: Texts;
  declare facts: readonly ProductFact[];
  declare position: number;
  declare listed: boolean;
  declare category: ProductCategory;
  declare options: ProductOption[];

  static override relationMappings = () => ({
    category: {
      relation: Model.BelongsToOneRelation,
      modelClass: ProductCategory,
      join: { from: 'products.categoryId', to: 'product_categories.id' },
    },
    options: {
      relation: Model.HasManyRelation,
      modelClass: ProductOption,
      join: { from: 'products.id', to: 'product_options.productId' },
      modify: (query: { orderBy(column: string): unknown }) => query.orderBy('position'),
    },
  });

  static override modifiers = {
    listed: (query: QueryBuilder<Product>) => query.where({ listed: true }).orderBy('products.position'),
  };
}
