import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../../models/connection.js';
import { findBreaches, invariants } from '../../models/durable/invariants.js';
import { comparePayments, type StripeAccess } from './payments.js';

const usage = `npm run check-books [-- --data DIR]
Checks that the books hold. The database is that of DATABASE_URL, or of the running shop in the data folder (.data);
with STRIPE_SECRET_KEY, or on the shop of a data folder, they are compared with the card provider's list besides.`;

const { values } = parseArgs({
  options: { data: { type: 'string', default: '.data' }, help: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const { databaseUrl, stripe } = whereToLook(values.data);
const knex = connect(databaseUrl);
try {
  const broken = await check();
  console.log(broken === 0 ? `The books hold: ${invariants.length} invariants.` : `${broken} broken.`);
  process.exitCode = broken === 0 ? 0 : 1;
} finally {
  await knex.destroy();
}

async function check(): Promise<number> {
  const breaches = await findBreaches(knex);
  for (const { invariant, rows } of breaches) {
    console.log(`${invariant.id} is broken: ${invariant.says}`);
    for (const row of rows.slice(0, 10)) console.log(`  ${JSON.stringify(row)}`);
    if (rows.length > 10) console.log(`  and ${rows.length - 10} more`);
  }
  const differences = stripe ? await comparePayments(knex, stripe) : [];
  for (const difference of differences) console.log(`I3 is broken: ${difference}`);
  if (!stripe) console.log('Not compared with the card provider: STRIPE_SECRET_KEY is not set.');
  return breaches.length + differences.length;
}

/** What the environment names comes first; else what the launcher wrote down about its running parts. */
function whereToLook(data: string): { databaseUrl: string; stripe?: StripeAccess } {
  const { DATABASE_URL, STRIPE_SECRET_KEY, STRIPE_API_URL } = { ...running(data), ...process.env };
  if (!DATABASE_URL) {
    console.error(`DATABASE_URL is not set, and no shop runs in ${data}.\n\n${usage}`);
    process.exit(2);
  }
  const stripe = STRIPE_SECRET_KEY ? { secretKey: STRIPE_SECRET_KEY, apiUrl: STRIPE_API_URL } : undefined;
  return { databaseUrl: DATABASE_URL, ...(stripe && { stripe }) };
}

function running(data: string): Partial<Record<string, string>> {
  const path = join(data, 'environment.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}
