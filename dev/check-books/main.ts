import { parseArgs } from 'node:util';
import { Model } from 'objection';
import { compareWithProvider } from '../../activities/billing/provider-comparison.js';
import { phrase } from '../../locales/phrases.js';
import { sealHead } from '../../models/billing/ledger-seal.js';
import { connect } from '../../models/connection.js';
import { findBreaches, invariants } from '../../models/durable/invariants/all.js';
import { environmentOfFolder } from '../launcher/environment.js';
import { folderOptions, helpIfAsked } from '../launcher/folder-options.js';
import { compareHardware, hardwareOf } from './hardware.js';
import { compareProcesses, runsOf, told } from './processes.js';
import { listOfStripe } from './provider.js';

const usage = `npm run check-books [-- --data DIR --port-base N]
Checks that the books hold. The database is that of DATABASE_URL, or of the running shop in the data folder (.data);
with STRIPE_SECRET_KEY, or on the shop of a data folder, they are compared with the card provider's list besides, and with
all that a worker is told, with the cluster's runs, and with machines and switches themselves.`;

const { values } = parseArgs({ options: folderOptions });
helpIfAsked(values, usage);

const { databaseUrl, stripe, runs, hardware } = await whereToLook(values.data, Number(values['port-base']));
const knex = connect(databaseUrl);
Model.knex(knex);
try {
  const broken = await check();
  console.log(broken === 0 ? `The books hold: ${invariants.length} invariants.` : `${broken} broken.`);
  process.exitCode = broken === 0 ? 0 : 1;
} finally {
  await knex.destroy();
}

async function check(): Promise<number> {
  const breaches = await findBreaches(knex);
  const provider = stripe && (await compareWithProvider(knex, listOfStripe(stripe)));
  if (provider && provider.rows.length > 0) breaches.push(provider);
  const outside = hardware ? await compareHardware(knex, hardware) : [];
  for (const { invariant, rows } of outside) if (rows?.length) breaches.push({ invariant, rows });
  for (const row of outside.flatMap(({ unknown = [] }) => unknown)) console.log(`Not known: ${JSON.stringify(row)}`);
  for (const { invariant, rows } of breaches) {
    console.log(`${invariant.id} is broken: ${phrase('en', `books:invariants.${invariant.name}`)}`);
    for (const row of rows.slice(0, 10)) console.log(`  ${JSON.stringify(row)}`);
    if (rows.length > 10) console.log(`  and ${rows.length - 10} more`);
  }
  if (!stripe) console.log('Not compared with the card provider: STRIPE_SECRET_KEY is not set.');
  if (!hardware) console.log('Not compared with machines and switches: the environment lacks what a worker is told.');
  const drifts = runs ? await compareProcesses(knex, runs) : [];
  for (const drift of drifts) console.log(`I8 is broken: ${told(drift)}`);
  if (!runs) console.log('Not compared with the cluster: the environment lacks what a worker is told.');
  const head = await sealHead(knex);
  console.log(
    head ? `Sealed up to block ${head.block}, ${head.hash}; ${head.unsealed} after it.` : 'Nothing is sealed yet.',
  );
  return breaches.length + drifts.length;
}

/** What the environment names comes first; else the shop that was started on the data folder. */
async function whereToLook(data: string, portBase: number) {
  const shop = process.env.DATABASE_URL ? process.env : await environmentOfFolder(data, portBase, process.env);
  const { DATABASE_URL, STRIPE_SECRET_KEY, STRIPE_API_URL } = shop;
  if (!DATABASE_URL) {
    console.error(`DATABASE_URL is not set, and ${data} holds no shop.\n\n${usage}`);
    process.exit(2);
  }
  const stripe = STRIPE_SECRET_KEY ? { secretKey: STRIPE_SECRET_KEY, apiUrl: STRIPE_API_URL } : undefined;
  return { databaseUrl: DATABASE_URL, runs: runsOf(shop), hardware: hardwareOf(shop), ...(stripe && { stripe }) };
}
