import { Model } from 'objection';

/** The name an address is given in reverse DNS. */
export class ReverseName extends Model {
  static override tableName = 'reverse_names';
  static override idColumn = 'address';

  declare address: string;
  declare serviceId: string;
  declare hostName: string;
  declare publishedAt: Date | null;
}
