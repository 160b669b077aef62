import { Model, type QueryBuilder, type Transaction } from 'objection';
import { Server } from './server.js';

export interface WantedServer {
  readonly productId: string;
  /** The physical choices it must be built with. */
  readonly choiceIds: readonly string[];
}

/** A machine held for a service: for half an hour from the order, without end once it is confirmed. */
export class ServerLease extends Model {
  static override tableName = 'server_leases';

  declare id: string;
  declare serverId: string;
  declare serviceId: string;
  /** As PostgreSQL writes a `tstzrange`. */
  declare during: string;
  declare server: Server;

  static override relationMappings = () => ({
    server: {
      relation: Model.BelongsToOneRelation,
      modelClass: Server,
      join: { from: 'server_leases.serverId', to: 'servers.id' },
    },
  });

  static override modifiers = {
    heldBy: (query: QueryBuilder<ServerLease>, serviceId: string, at: Date) =>
      query
        .where({ serviceId })
        .whereRaw('(upper_inf(server_leases.during) OR upper(server_leases.during) > ?)', [at])
        .orderByRaw('lower(server_leases.during) DESC')
        .limit(1),
  };

  /**
   * Holds a free machine that has all that is wanted, and as little more as may be; nothing where none is left.
   * Machines that another order is just taking are passed over; the database refuses what slips through.
   */
  static async take(
    { productId, choiceIds }: WantedServer,
    serviceId: string,
    { from, until }: { from: Date; until: Date | null },
    trx: Transaction,
  ): Promise<Server | undefined> {
    const server = await Server.query(trx)
      .where({ productId })
      .modify('freeAt', from)
      .modify('builtWith', choiceIds)
      .orderByRaw('(SELECT count(*) FROM server_choices c WHERE c.server_id = servers.id), servers.label')
      .limit(1) // or every machine there is would be locked, and whoever orders meanwhile be told that none is left
      .first()
      .forUpdate()
      .skipLocked();
    if (server) {
      const during = ServerLease.raw('tstzrange(?, ?)', [from, until]) as unknown as string;
      await ServerLease.query(trx).insert({ serverId: server.id, serviceId, during });
    }
    return server;
  }

  /** The machine stays with the service until it is released. */
  async confirm(trx: Transaction): Promise<void> {
    const during = ServerLease.raw('tstzrange(lower(during), NULL)') as unknown as string;
    await this.$query(trx).patch({ during });
  }

  /** Ends what the service holds; where it holds nothing, nothing happens. */
  static async release(serviceId: string, at: Date, trx?: Transaction): Promise<void> {
    await ServerLease.query(trx)
      .where({ serviceId })
      .whereRaw('(upper_inf(during) OR upper(during) > ?)', [at])
      .patch({
        during: ServerLease.raw('tstzrange(lower(during), greatest(lower(during), ?))', [at]) as unknown as string,
      });
  }
}
