import snmp from 'net-snmp';

const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const columns = [1, 6, 10, 15].map((column) => `${IF_X_ENTRY}.${column}`);
const ROWS_A_REQUEST = 10;

/**
 * What one would write first: walks four columns of one switch's interfaces side by side, and keeps nothing. How many
 * values came.
 */
export async function pollPlainly(port: number): Promise<number> {
  const options = { port, version: snmp.Version2c, timeout: 2_000, retries: 1, idBitsSize: 32 };
  const session = snmp.createSession('127.0.0.1', 'public', options);
  try {
    let [from, values] = [columns, 0];
    for (;;) {
      const found = await bulk(session, from);
      const inside = columns.map((column, index) =>
        (found[index] ?? []).filter((each) => !snmp.isVarbindError(each) && each.oid.startsWith(`${column}.`)),
      );
      values += inside.flat().length;
      const last = inside.map((rows) => rows.at(-1)?.oid);
      if (last.some((oid) => oid === undefined)) return values;
      from = last as string[];
    }
  } finally {
    session.close();
  }
}

function bulk(session: snmp.Session, oids: string[]): Promise<snmp.Varbind[][]> {
  return new Promise((resolve, reject) => {
    session.getBulk(oids, 0, ROWS_A_REQUEST, (error, found) => {
      if (error) reject(error);
      else resolve(found as snmp.Varbind[][]);
    });
  });
}
