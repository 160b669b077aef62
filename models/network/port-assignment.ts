import { Model, type QueryBuilder, type Transaction } from 'objection';
import { SwitchPort } from './switch-port.js';
import { Vlan } from './vlan.js';

/** A switch port in a service's use, and the VLAN it carries. Traffic follows this, not the port. */
export class PortAssignment extends Model {
  static override tableName = 'port_assignments';

  declare id: string;
  declare switchPortId: string;
  declare vlanId: string;
  declare serviceId: string;
  declare during: string;
  declare switchPort: SwitchPort;
  declare vlan: Vlan;

  static override relationMappings = () => ({
    switchPort: {
      relation: Model.BelongsToOneRelation,
      modelClass: SwitchPort,
      join: { from: 'port_assignments.switchPortId', to: 'switch_ports.id' },
    },
    vlan: {
      relation: Model.BelongsToOneRelation,
      modelClass: Vlan,
      join: { from: 'port_assignments.vlanId', to: 'vlans.id' },
    },
  });

  static override modifiers = {
    heldBy: (query: QueryBuilder<PortAssignment>, serviceId: string) =>
      query.where({ serviceId }).whereRaw('upper_inf(port_assignments.during)'),
  };

  /** One port a service: that of the machine it has now takes the place of one that was left from a machine before. */
  static async take(
    assigned: Pick<PortAssignment, 'switchPortId' | 'vlanId' | 'serviceId'>,
    at: Date,
    trx: Transaction,
  ): Promise<void> {
    const { serviceId, switchPortId } = assigned;
    const held = await PortAssignment.query(trx).modify('heldBy', serviceId).first();
    if (held?.switchPortId === switchPortId) return;
    await PortAssignment.release(serviceId, at, trx);
    const during = PortAssignment.raw('tstzrange(?, NULL)', [at]) as unknown as string;
    await PortAssignment.query(trx).insert({ ...assigned, during });
  }

  static async release(serviceId: string, at: Date, trx?: Transaction): Promise<void> {
    const during = PortAssignment.raw('tstzrange(lower(during), greatest(lower(during), ?))', [
      at,
    ]) as unknown as string;
    await PortAssignment.query(trx).where({ serviceId }).whereRaw('upper_inf(during)').patch({ during });
  }
}
