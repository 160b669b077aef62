import { Model } from 'objection';

/** A data centre. */
export class Site extends Model {
  static override tableName = 'sites';

  declare id: string;
  declare code: string;
  declare city: string;
}
