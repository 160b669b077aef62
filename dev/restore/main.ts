import { parseArgs } from 'node:util';
import { Model } from 'objection';
import { ConfigurationWrong, readConfig } from '../../config.js';
import { stripeClient } from '../../gateways/payments/stripe-client.js';
import { createProcesses } from '../../gateways/processes.js';
import { createRuns } from '../../gateways/runs.js';
import { connect } from '../../models/connection.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import { lazyClient } from '../../temporal-config/connection.js';
import { contractNamed } from '../../workflows/messages/index.js';
import { environmentOfFolder } from '../launcher/environment.js';
import { folderOptions, helpIfAsked } from '../launcher/folder-options.js';
import { mend } from './mend.js';

const usage = `npm run after-restore [-- --mend | --begin WORKFLOW_ID] [--data DIR --port-base N]
Lists where the database, the cluster and the card provider tell different stories, as after a restore of one of them.
  --mend              books charges that our books lack, begins what has no run, ends runs that have no row
  --begin WORKFLOW_ID begins a process again from its row, though a run of it has ended; may be given several times
The shop is that of the environment (all that a worker is told), or the one in the data folder (.data).`;

const { values } = parseArgs({
  options: {
    mend: { type: 'boolean', default: false },
    begin: { type: 'string', multiple: true, default: [] },
    ...folderOptions,
  },
});
helpIfAsked(values, usage);

const config = await configured();
const knex = connect(config.databaseUrl);
Model.knex(knex);
const client = lazyClient(config.temporal, config.secretsKey, config.previousSecretsKeys);
const [runs, processes] = [createRuns(client), createProcesses(client)];
for (const workflowId of values.begin) {
  const { process: type, input } = await ProcessStart.query().findById(workflowId).throwIfNotFound();
  await runs.beginAgain(contractNamed(type), input);
  console.log(`${workflowId}: begun again`);
}
const stripe = stripeClient(config.stripe);
const found = await mend({ knex, stripe, runs, processes }, { act: values.mend });
for (const { what, done } of found) console.log(`${what}\n  ${done}`);
console.log(found.length === 0 ? 'All three tell the same story.' : `${found.length} found.`);
await knex.destroy();
process.exit(found.length === 0 || values.mend ? 0 : 1);

async function configured() {
  try {
    const ofFolder = () => environmentOfFolder(values.data, Number(values['port-base']), process.env);
    return readConfig(process.env.DATABASE_URL ? process.env : await ofFolder());
  } catch (error) {
    if (!(error instanceof ConfigurationWrong)) throw error;
    console.error(`The environment lacks something:\n  ${error.problems.join('\n  ')}\n\n${usage}`);
    process.exit(2);
  }
}
