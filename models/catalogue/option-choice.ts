import { Model } from 'objection';
import type { Texts } from './product-category.js';

/** One answer to an option of a product: 128 GB, a /29, Debian 13. */
export class OptionChoice extends Model {
  static override tableName = 'option_choices';
  static override jsonAttributes = ['name', 'remark'];

  declare id: string;
  declare optionId: string;
  declare key: string;
  declare name: Texts;
  declare remark: Texts | null;
  declare position: number;
  declare isDefault: boolean;
  /** Length of the IPv4 block that comes with it; below 32 the registry asks for a reason. */
  declare ipv4PrefixLength: number | null;
}
