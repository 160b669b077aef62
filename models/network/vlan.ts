import { Model, type QueryBuilder } from 'objection';

export class Vlan extends Model {
  static override tableName = 'vlans';

  declare id: string;
  declare siteId: string;
  declare number: number;
  declare name: string;
  declare purpose: 'shared' | 'customer';

  static override modifiers = {
    /** Lent to nobody, for a service with a block of its own. */
    freeFor: (query: QueryBuilder<Vlan>, siteId: string) =>
      query
        .where({ siteId, purpose: 'customer' })
        .whereRaw('NOT EXISTS (SELECT FROM port_assignments p WHERE p.vlan_id = vlans.id AND upper_inf(p.during))')
        .orderBy('number'),
  };
}
