import { Model, type QueryBuilder, type Transaction } from 'objection';
import { type ServerStatus, serverStatusesBefore } from '../../rules/servers/server-status.js';
import { Product } from '../catalogue/product.js';
import { SwitchPort } from '../network/switch-port.js';
import { Bmc } from './bmc.js';
import { Rack } from './rack.js';

/** A physical machine of the inventory. */
export class Server extends Model {
  static override tableName = 'servers';

  declare id: string;
  /** Painted on the machine: `S-0388`. */
  declare label: string;
  declare productId: string;
  declare serial: string;
  declare mac: string;
  declare rackId: string;
  declare unit: number;
  /** Units it fills, upwards from its own. */
  declare height: number;
  declare switchPortId: string;
  declare status: ServerStatus;
  declare statusReason: string | null;
  declare statusSince: Date;
  declare product: Product;
  declare rack: Rack;
  declare bmc: Bmc;
  declare switchPort: SwitchPort;

  static override relationMappings = () => ({
    product: {
      relation: Model.BelongsToOneRelation,
      modelClass: Product,
      join: { from: 'servers.productId', to: 'products.id' },
    },
    rack: {
      relation: Model.BelongsToOneRelation,
      modelClass: Rack,
      join: { from: 'servers.rackId', to: 'racks.id' },
    },
    bmc: {
      relation: Model.HasOneRelation,
      modelClass: Bmc,
      join: { from: 'servers.id', to: 'bmcs.serverId' },
    },
    switchPort: {
      relation: Model.BelongsToOneRelation,
      modelClass: SwitchPort,
      join: { from: 'servers.switchPortId', to: 'switch_ports.id' },
    },
  });

  static override modifiers = {
    withItsDevices: (query: QueryBuilder<Server>) => query.withGraphFetched('[rack.site, bmc, switchPort.device]'),
    /** In stock and held by nobody at that moment, not even for half an hour. */
    freeAt: (query: QueryBuilder<Server>, at: Date) =>
      query
        .where('servers.status', 'ready')
        .whereRaw(
          `NOT EXISTS (SELECT FROM server_leases l WHERE l.server_id = servers.id AND (upper(l.during) > ? OR upper_inf(l.during)))`,
          [at],
        ),
    /** Built with all of these choices. */
    builtWith: (query: QueryBuilder<Server>, choiceIds: readonly string[]) =>
      query.whereRaw(
        `(SELECT count(*) FROM server_choices c WHERE c.server_id = servers.id AND c.choice_id = ANY(?::uuid[])) = ?`,
        [choiceIds, choiceIds.length],
      ),
  };

  /** Moves on from a status that may; says whether it did. A failure needs its reason. */
  static async moveTo(
    id: string,
    status: ServerStatus,
    at: Date,
    reason?: string,
    trx?: Transaction,
  ): Promise<boolean> {
    const moved = await Server.query(trx)
      .findById(id)
      .whereIn('status', serverStatusesBefore(status))
      .patch({ status, statusReason: reason ?? null, statusSince: at });
    return moved > 0;
  }
}
