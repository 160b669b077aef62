import { parseArgs } from 'node:util';
import { readConfig } from '../../config.js';
import { createSealer } from '../../gateways/sealing.js';
import { connect } from '../../models/connection.js';
import { resealColumn, sealedColumns } from '../../models/durable/sealed-columns.js';
import { environmentOfFolder } from '../launcher/environment.js';
import { folderOptions, helpIfAsked } from '../launcher/folder-options.js';

const usage = `npm run reseal [-- --data DIR --port-base N]
Seals anew under SECRETS_KEY what is kept under one of SECRETS_KEY_PREVIOUS. It may be broken off and begun again, while the
shop runs. The database is that of DATABASE_URL, or of the running shop in the data folder (.data). Ends with 1 where no key
opens a row: its key must not leave SECRETS_KEY_PREVIOUS, or what it holds is set anew by hand.`;

const { values } = parseArgs({ options: folderOptions });
helpIfAsked(values, usage);

const env = process.env.DATABASE_URL
  ? process.env
  : await environmentOfFolder(values.data, Number(values['port-base']), process.env);
if (!env.DATABASE_URL) {
  console.error(`DATABASE_URL is not set, and ${values.data} holds no shop.\n\n${usage}`);
  process.exit(2);
}
const { databaseUrl, secretsKey, previousSecretsKeys } = readConfig(env);
const { reseal } = createSealer(secretsKey, previousSecretsKeys);
const knex = connect(databaseUrl);
try {
  for (const each of sealedColumns) {
    const { looked, sealedAnew, closed } = await resealColumn(knex, each, reseal);
    console.log(`${each.table}.${each.column}: ${sealedAnew} of ${looked} sealed anew`);
    for (const key of closed) console.log(`  no key opens ${each.key} ${key}`);
    if (closed.length > 0) process.exitCode = 1;
  }
} finally {
  await knex.destroy();
}
