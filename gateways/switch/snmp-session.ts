import snmp from 'net-snmp';
import { deviceAddress } from './device-address.js';
import type { SnmpWire } from './reader.js';
import type { SnmpValue } from './snmp-message.js';
import { type SwitchAccess, SwitchRefused, SwitchUnreachable, type SwitchUser } from './switch.js';

export interface SnmpOptions {
  /** For one try; the whole call takes this times `retries` + 1 at most. */
  readonly timeoutMs?: number;
  readonly retries?: number;
}

export interface Setting {
  readonly oid: string;
  readonly type: snmp.ObjectType;
  readonly value: number | Buffer;
}

/** A conversation with one device, in promises. */
export interface SnmpSession {
  /** In the order asked for. A value that the device does not have is a refusal. */
  get(...oids: string[]): Promise<(number | Buffer)[]>;
  /** One request: the device takes all of it or nothing (RFC 3416 §4.2.5). */
  set(...settings: Setting[]): Promise<void>;
  /** A column's values by their last number. */
  column(oid: string): Promise<ReadonlyMap<number, number | Buffer>>;
}

const ROWS_A_REQUEST = 20;

/** Version 3, in a session of its own for each question: what a device lacks is told apart from what it answers. */
export function snmpV3Wire(access: SwitchAccess, options: SnmpOptions): SnmpWire {
  const ask = async (question: (session: snmp.Session, answered: Answered) => void) => {
    try {
      return { status: 0, varbinds: await withSession(access, options, (ask) => ask(question)) };
    } catch (error) {
      const { status } = ((error as Error).cause ?? {}) as { status?: number };
      if (status === undefined) throw error;
      return { status, varbinds: [] };
    }
  };
  return {
    async get(oids) {
      const { status, varbinds } = await ask((session, answered) => session.get([...oids], answered));
      return { status, index: 0, values: varbinds.map(saidIn) };
    },
    async bulk(oid, rows) {
      const { status, varbinds } = await ask((session, answered) =>
        session.getBulk([oid], 0, rows, (error, answers) => answered(error, answers?.flat())),
      );
      return { status, rows: varbinds.map((varbind) => ({ oid: varbind.oid, value: saidIn(varbind) })) };
    },
  };
}

function saidIn(varbind: snmp.Varbind): SnmpValue {
  if (snmp.isVarbindError(varbind)) return undefined;
  const { type, value } = varbind;
  if (typeof value === 'number') return value;
  if (!Buffer.isBuffer(value)) return null;
  if (type !== snmp.ObjectType.Counter64) return value;
  return value.length > 0 ? BigInt(`0x${value.toString('hex')}`) : 0n;
}

type Answered = (error: Error | null, varbinds?: snmp.Varbind[]) => void;
type Ask = (question: (session: snmp.Session, answered: Answered) => void) => Promise<snmp.Varbind[]>;

/** Opens, does the work, and closes however the work ends. */
export function withSnmp<Result>(
  access: SwitchAccess,
  options: SnmpOptions,
  work: (session: SnmpSession) => Promise<Result>,
): Promise<Result> {
  return withSession(access, options, (ask) => work(speaking(access, ask)));
}

async function withSession<Result>(
  access: SwitchAccess,
  { timeoutMs = 1_500, retries = 2 }: SnmpOptions,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const { address, transport } = await deviceAddress(access.host);
  const settings = { port: access.port, transport, timeout: timeoutMs, retries, backoff: 1 };
  const session = opened({ ...access, host: address }, settings);
  const failed = new Promise<never>((_, reject) => session.on('error', (error) => reject(sorted(access, error))));
  const ask: Ask = (question) =>
    new Promise((resolve, reject) => {
      question(session, (error, varbinds = []) => (error ? reject(sorted(access, error)) : resolve(varbinds)));
    });
  try {
    return await Promise.race([work(ask), failed]);
  } finally {
    session.close();
  }
}

function opened({ host, version, community, user }: SwitchAccess, options: object): snmp.Session {
  if (version === '2c') return snmp.createSession(host, community, { ...options, version: snmp.Version2c });
  if (!user) throw new SwitchRefused(`${host} is to be spoken to by SNMP version 3, and no user is known for it`);
  return snmp.createV3Session(host, vendorsUser(user), { ...options, version: snmp.Version3 });
}

function vendorsUser({ name, authProtocol, authKey, privProtocol, privKey }: SwitchUser): snmp.User {
  const { aes, aes256b } = snmp.PrivProtocols;
  return {
    name,
    level: snmp.SecurityLevel.authPriv,
    authProtocol: snmp.AuthProtocols[authProtocol],
    authKey,
    privProtocol: privProtocol === 'aes' ? aes : aes256b,
    privKey,
  };
}

function speaking(access: SwitchAccess, ask: Ask): SnmpSession {
  return {
    async get(...oids) {
      const varbinds = await ask((session, answered) => session.get(oids, answered));
      return varbinds.map((varbind) => {
        if (snmp.isVarbindError(varbind)) throw new SwitchRefused(`${access.host} has no ${varbind.oid}`);
        return readable(varbind);
      });
    },

    async set(...settings) {
      const varbinds = await ask((session, answered) => session.set([...settings], answered));
      const refused = varbinds.find((varbind) => snmp.isVarbindError(varbind));
      if (refused) throw new SwitchRefused(`${access.host} has no ${refused.oid} to set`);
    },

    async column(oid) {
      const rows = new Map<number, number | Buffer>();
      let from = oid;
      for (;;) {
        const varbinds = await ask((session, answered) =>
          session.getBulk([from], 0, ROWS_A_REQUEST, (error, answers) => answered(error, answers?.flat())),
        );
        for (const varbind of varbinds) {
          const row = rowOf(varbind, oid);
          if (row === undefined) return rows;
          if (row <= lastOf(from, oid)) throw new SwitchRefused(`${access.host} goes in circles at ${varbind.oid}`);
          rows.set(row, readable(varbind));
          from = varbind.oid;
        }
        if (varbinds.length === 0) return rows;
      }
    },
  };
}

/** Nothing once the walk has left the column or the device's data. */
function rowOf(varbind: snmp.Varbind, column: string): number | undefined {
  const inside = varbind.oid.startsWith(`${column}.`) && !snmp.isVarbindError(varbind);
  return inside ? lastOf(varbind.oid, column) : undefined;
}

function lastOf(oid: string, column: string): number {
  return oid === column
    ? -1
    : Number(
        oid
          .slice(column.length + 1)
          .split('.')
          .at(-1),
      );
}

function readable({ oid, value }: snmp.Varbind): number | Buffer {
  if (typeof value === 'number' || Buffer.isBuffer(value)) return value;
  throw new SwitchRefused(`${oid} is neither a number nor octets`);
}

const passing: readonly (number | undefined)[] = [
  snmp.ErrorStatus.GeneralError,
  snmp.ErrorStatus.ResourceUnavailable,
  snmp.ErrorStatus.CommitFailed,
];

/** Silence has many reasons, a wrong community among them; an answer that says no has one. */
function sorted({ host, port }: SwitchAccess, error: Error): Error {
  const { status } = error as { status?: number };
  const saidNo =
    error.name === 'RequestFailedError' ? !passing.includes(status) : error.name === 'ResponseInvalidError';
  const words = `${host}:${port}: ${error.message}`;
  return saidNo ? new SwitchRefused(words, { cause: error }) : new SwitchUnreachable(words, { cause: error });
}
