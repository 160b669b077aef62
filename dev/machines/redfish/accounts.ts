import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Machine } from '../machine.js';
import { unauthorized } from './errors.js';

const SESSION_MS = 30 * 60_000;

interface Session {
  readonly id: string;
  readonly username: string;
  readonly machines: readonly Machine[];
  usedAt: number;
}

/** Each machine has its service processor's own account; who signs in sees the machines whose account that is. */
export class Accounts {
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly machines: readonly Machine[],
    private readonly now: () => Date,
  ) {}

  /** Throws 401 where neither a session's token nor a name and password is good. */
  visibleTo(headers: { authorization?: string; 'x-auth-token'?: string | string[] }): readonly Machine[] {
    const token = headers['x-auth-token'];
    if (typeof token === 'string') return this.resumed(token).machines;
    const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
    const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    if (scheme?.toLowerCase() !== 'basic') throw unauthorized();
    return this.ownedBy(username, password.join(':'));
  }

  open(username: string, password: string): { id: string; token: string } {
    const id = randomBytes(6).toString('hex');
    const token = randomBytes(24).toString('hex');
    const machines = this.ownedBy(username, password);
    this.sessions.set(token, { id, username, machines, usedAt: this.now().getTime() });
    return { id, token };
  }

  close(id: string): boolean {
    const [token] = [...this.sessions].find(([, session]) => session.id === id) ?? [];
    return token !== undefined && this.sessions.delete(token);
  }

  private resumed(token: string): Session {
    const session = this.sessions.get(token);
    const at = this.now().getTime();
    if (!session || at - session.usedAt > SESSION_MS) throw unauthorized();
    session.usedAt = at;
    return session;
  }

  private ownedBy(username: string, password: string): readonly Machine[] {
    const own = this.machines.filter(({ known }) => known.username === username && same(known.password, password));
    if (own.length === 0) throw unauthorized();
    return own;
  }
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
