import { parseArgs } from 'node:util';
import { migrationSource } from '../../migrations/source.js';
import { connect } from '../../models/connection.js';
import { seedBulk } from './seed.js';

const usage = `npm run seed -- [--customers N] [--invoices N]
Adds customers and invoices to the database of DATABASE_URL, which has been migrated and holds a brand: a database to measure
on, never one to work with. A million invoices take some minutes; the books hold (npm run check-books).`;

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '0' },
    invoices: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});
const [customers, invoices] = [Number(values.customers), Number(values.invoices)];
const { DATABASE_URL } = process.env;
const isWrong = [customers, invoices].some((count) => !Number.isInteger(count) || count < 0 || count > 10_000_000);
if (values.help || isWrong || !DATABASE_URL) {
  console.log(DATABASE_URL ? usage : `${usage}\n\nDATABASE_URL is not set.`);
  process.exit(values.help ? 0 : 2);
}

const knex = connect(DATABASE_URL);
try {
  await knex.migrate.latest({ migrationSource });
  const begun = Date.now();
  await seedBulk(knex, { customers, invoices }, new Date());
  console.log(`${customers} customers and ${invoices} invoices in ${Math.round((Date.now() - begun) / 1_000)} s.`);
} finally {
  await knex.destroy();
}
