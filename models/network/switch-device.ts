import { Model } from 'objection';

/** A managed switch. (`switch` is the language's own word.) */
export class SwitchDevice extends Model {
  static override tableName = 'switches';

  declare id: string;
  declare siteId: string;
  declare name: string;
  declare host: string;
  declare port: number;
  declare version: '2c' | '3';
  declare communitySealed: Buffer;
}
