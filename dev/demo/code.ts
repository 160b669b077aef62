import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeOf } from '../../gateways/authenticator.js';
import { STEP_MS, stepAt } from '../../rules/accounts/one-time-code.js';
import { secretsOf } from '../launcher/secrets.js';

const { data } = parseArgs({ options: { data: { type: 'string', default: '.data' } } }).values;

if (!existsSync(join(data, 'secrets.json'))) {
  console.error(`${data} holds no shop. npm run demo-code [-- --data DIR] prints what the demo's staff type.`);
  process.exit(2);
}
const now = new Date();
const { demoSecondFactor } = await secretsOf(data);
const left = Math.ceil((STEP_MS - (now.getTime() % STEP_MS)) / 1_000);
console.log(`${codeOf(demoSecondFactor, stepAt(now))}  for ${left} more seconds, once for each person`);
