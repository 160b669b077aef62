import { CookieJar } from './cookie-jar.js';
import { type Answer, type Fields, PATIENCE_MS, type Visitor } from './visitor.js';

/** A browser with a cookie jar, that fills in the token of the last form it was shown; nothing else by itself. */
export interface Browser {
  get(path: string, headers?: Fields): Promise<Answer>;
  /** A form as people send it. */
  post(path: string, fields: Fields, headers?: Fields): Promise<Answer>;
  /** A body of any shape, with the token added. */
  send(path: string, body: string, headers?: Fields): Promise<Answer>;
  cookie(name: string): string | undefined;
}

export function aBrowser(guest: Visitor): Browser {
  const jar = new CookieJar();

  async function send(path: string, body: string, more: Fields = {}): Promise<Answer> {
    const headers = jar.headers({ 'Content-Type': 'application/x-www-form-urlencoded', ...more });
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const request = {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers,
      body: `${body}&_csrf=${jar.token}`,
    } as const;
    const response = await fetch(guest.origin + path, request);
    const location = response.headers.get('location');
    return jar.keep({ status: response.status, location, headers: response.headers, body: await response.text() });
  }

  return {
    get: async (path, more) => jar.keep(await guest.get(path, jar.headers(more))),
    post: (path, fields, more) => send(path, new URLSearchParams(fields).toString(), more),
    send,
    cookie: (name) => jar.cookie(name),
  };
}
