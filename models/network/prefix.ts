import { Model, type QueryBuilder } from 'objection';
import { Vlan } from './vlan.js';

/** A range of addresses that services are given parts of. */
export class Prefix extends Model {
  static override tableName = 'prefixes';

  declare id: string;
  declare siteId: string;
  declare vlanId: string | null;
  declare block: string;
  declare purpose: 'shared' | 'routed' | 'ipv6';
  declare gateway: string | null;
  declare vlan?: Vlan;

  static override relationMappings = () => ({
    vlan: { relation: Model.BelongsToOneRelation, modelClass: Vlan, join: { from: 'prefixes.vlanId', to: 'vlans.id' } },
  });

  static override modifiers = {
    at: (query: QueryBuilder<Prefix>, siteId: string, purpose: Prefix['purpose']) =>
      query.where({ siteId, purpose }).orderBy('block'),
  };
}
