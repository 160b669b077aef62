import { Malformed } from './ber.js';
import type { SnmpRow, SnmpValue } from './snmp-message.js';
import { SwitchRefused } from './switch.js';

/** Reads a device's values as they are: what it lacks is `undefined`, what cannot be read is `null`. */
export interface SwitchReader {
  /** Each of the asked values, in order. Throws `SwitchUnreachable` (try again) or `SwitchRefused` (for a person). */
  get(oids: readonly string[]): Promise<SnmpValue[]>;
  /** Some of the rows behind this name, at most so many. */
  after(oid: string, rows: number): Promise<SnmpRow[]>;
}

/** One question and its answer; how they travel is the version's business. */
export interface SnmpWire {
  get(oids: readonly string[]): Promise<{ status: number; index: number; values: SnmpValue[] }>;
  bulk(oid: string, rows: number): Promise<{ status: number; rows: SnmpRow[] }>;
}

const TOO_BIG = 1;
/** Some 1,400 octets of counters and names: what goes through any network in one piece. */
export const VALUES_A_REQUEST = 57;

/** As many values at once as the device answers: fewer after it said "too big", the rest again after a short answer. */
export function readerOver(wire: SnmpWire): SwitchReader {
  let most = VALUES_A_REQUEST;

  /** The first of these values, at least one; or none, and `most` is less than before. */
  async function some(oids: readonly string[]): Promise<SnmpValue[]> {
    const { status, index, values } = await wire.get(oids);
    if (status === 0 && values.length > 0) return values;
    if (oids.length === 1) return [null];
    const blamed = status !== TOO_BIG && index >= 1 && index <= oids.length;
    if (blamed && index === 1) return [undefined];
    if (blamed) return [...(await some(oids.slice(0, index - 1)))];
    most = Math.ceil(oids.length / 2);
    return [];
  }

  return {
    async get(oids) {
      const values: SnmpValue[] = [];
      while (values.length < oids.length) {
        const whole = values.length === 0 && oids.length <= most;
        const part = whole ? oids : oids.slice(values.length, values.length + most);
        const found = await sortingNonsense(some(part));
        if (whole && found.length === oids.length) return found;
        values.push(...found);
      }
      return values;
    },

    async after(oid, rows) {
      for (let asked = rows; asked >= 1; asked = Math.floor(asked / 2)) {
        const { status, rows: found } = await sortingNonsense(wire.bulk(oid, asked));
        if (status !== TOO_BIG) return found;
      }
      return [];
    },
  };
}

async function sortingNonsense<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Malformed) throw new SwitchRefused(`it answers nonsense: ${error.message}`, { cause: error });
    throw error;
  }
}
