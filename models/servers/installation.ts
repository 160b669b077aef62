import { createHash } from 'node:crypto';
import { Model, type QueryBuilder, type Transaction } from 'objection';
import { Server } from './server.js';

export type InstallationStatus = 'waiting' | 'started' | 'installed' | 'booted' | 'abandoned';

const before: Readonly<Record<InstallationStatus, readonly InstallationStatus[]>> = {
  waiting: [],
  started: ['waiting'],
  installed: ['started'],
  booted: ['installed'],
  abandoned: ['waiting', 'started', 'installed'],
};

/** A system being put on a machine: opened before it boots from the network, void once it came up from its disk. */
export class Installation extends Model {
  static override tableName = 'installations';

  declare id: string;
  declare serviceId: string;
  declare serverId: string;
  declare tokenHash: Buffer;
  declare status: InstallationStatus;
  declare percent: number | null;
  declare doing: string | null;
  declare createdAt: Date;
  declare reportedAt: Date | null;
  /** When the installer's first word came: its machine's disks may hold data since. */
  declare startedAt: Date | null;
  declare server: Server;

  static override relationMappings = () => ({
    server: {
      relation: Model.BelongsToOneRelation,
      modelClass: Server,
      join: { from: 'installations.serverId', to: 'servers.id' },
    },
  });

  static override modifiers = {
    open: (query: QueryBuilder<Installation>) => query.whereIn('installations.status', before.abandoned),
    openedBy: (query: QueryBuilder<Installation>, token: string) =>
      query.where('tokenHash', installationTokenHash(token)).modify('open'),
  };

  /** Moves on from a status that may; a report that comes twice or late changes nothing. Says whether it moved. */
  async moveTo(status: InstallationStatus, at: Date, trx?: Transaction): Promise<boolean> {
    const begun = status === 'started' ? { startedAt: at } : {};
    const moved = await this.$query(trx)
      .patch({ status, reportedAt: at, ...begun })
      .whereIn('status', before[status]);
    return moved > 0;
  }
}

/** Only this is kept of an installer's token. */
export function installationTokenHash(token: string): Buffer {
  return createHash('sha256').update(`installation:${token}`).digest();
}
