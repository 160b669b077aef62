import type { Knex } from 'knex';
import { around, type Touches } from './life.js';

interface Connection {
  /** Knex's own mark of what is not to be used again. */
  __knex__disposed?: unknown;
  readonly __knexTxId?: unknown;
  readonly connection?: { readonly stream: { destroy(): void } };
}

interface Client {
  _query(connection: Connection, statement: { sql: string }): Promise<unknown>;
  releaseConnection(connection: Connection): Promise<void>;
  readonly logger: { warn(message: string): void };
}

const writing = /^\s*(insert|update|delete)\b/i;

/** Every statement of an activity becomes a deed of its life, in transactions too. Once for all pools of this process. */
export function watchStatements(knex: Knex): void {
  const client = knex.client as Client;
  const warn = client.logger.warn.bind(client.logger);
  client.logger.warn = (message) => {
    if (!/^Connection Error: (cut|Connection ended)/.test(message)) warn(message);
  };
  const kind = Object.getPrototypeOf(client) as Client & { watched?: true };
  if (kind.watched) return;
  kind.watched = true;
  const { _query: query } = kind;
  kind._query = function (connection, statement) {
    const deed = {
      touches: touchesOf(statement.sql, connection),
      lost: () => {
        connection.__knex__disposed = 'cut before its answer';
        return Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
      },
      conflict: async () => {
        if (/^commit/i.test(statement.sql)) await query.call(this, connection, { sql: 'ROLLBACK' });
        return Object.assign(new Error('could not serialize access due to concurrent update'), { code: '40001' });
      },
      /** As PostgreSQL sees it when a worker is killed: the line is cut, and what was not committed never was. */
      abandoned: () => {
        connection.__knex__disposed = 'cut with its worker';
        connection.connection?.stream.destroy();
        void client.releaseConnection(connection);
      },
    };
    return around(deed, () => query.call(this, connection, statement));
  };
}

/** Inside a transaction nothing is done before its COMMIT. */
function touchesOf(sql: string, { __knexTxId: transaction }: Connection): Touches {
  if (/^commit/i.test(sql)) return 'rows';
  return writing.test(sql) && transaction === undefined ? 'rows' : 'nothing';
}
