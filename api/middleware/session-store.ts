import pgSessions from 'connect-pg-simple';
import type { Request } from 'express';
import session, { type SessionData } from 'express-session';
import type { Knex } from 'knex';
import { type Holder, signedIn } from '../../models/accounts/signed-in.js';

declare global {
  namespace Express {
    interface Request {
      /** Who holds this request's session: read together with it. */
      holders?: readonly Holder[];
    }
  }
}

export interface SessionStoreOptions {
  readonly kind: Parameters<typeof signedIn>[0];
  readonly table: string;
  readonly idleMs: number;
}

const PgStore = pgSessions(session);

/** Sessions in the models' database. One is read together with its holders, so that who asks is one statement. */
export class SessionStore extends PgStore {
  readonly #kind: SessionStoreOptions['kind'];
  readonly #holders = new WeakMap<SessionData, readonly Holder[]>();

  constructor(knex: Knex, { kind, table, idleMs }: SessionStoreOptions) {
    // The store asks for the interface of pg-promise and uses one method of it.
    const any = async (text: string, values: readonly unknown[]) => {
      const connection = await knex.client.acquireConnection();
      try {
        return (await connection.query(text, values)).rows;
      } finally {
        await knex.client.releaseConnection(connection);
      }
    };
    // `seenAt` is written every few minutes, not a row a request.
    super({ pgPromise: { any }, tableName: table, ttl: idleMs / 1_000, disableTouch: true });
    this.#kind = kind;
  }

  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    signedIn<SessionData>(this.#kind, sid).then((found) => {
      if (found) this.#holders.set(found.session, found.holders);
      done(null, found?.session ?? null);
    }, done);
  }

  override createSession(request: Request, kept: SessionData) {
    const holders = this.#holders.get(kept);
    if (holders) request.holders = holders;
    return super.createSession(request, kept);
  }
}
