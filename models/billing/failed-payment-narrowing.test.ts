import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../tests/support/database.js';
import { allOf, rowsOf, sql } from '../sql.js';
import { narrowedTo } from './failed-payment-narrowing.js';

const narrowing = suite('[BIL-06] failed payments, narrowed');
let database: { close: () => Promise<void> };

narrowing.before(async () => {
  database = await openDatabase();
});
narrowing.after(() => database.close());

narrowing('an amount is counted in whole units of its currency, whatever that has behind the point', async () => {
  const owed = sql`(VALUES ('EUR', 99999), ('USD', 100000), ('JPY', 999), ('ISK', 100000), ('KWD', 999999), ('TND', 1000000),
    ('PYG', 1000)) AS owed (currency, due_minor)`;
  const least = allOf(narrowedTo({ least: '1000' }, '2026-11-25', new Date()).map((each) => each ?? false));
  const rows = await rowsOf<{ currency: string }>(Model.knex(), sql`SELECT currency FROM ${owed} WHERE ${least}`);
  assert.equal(rows.map(({ currency }) => currency).sort(), ['ISK', 'PYG', 'TND', 'USD']);
});

narrowing.run();
