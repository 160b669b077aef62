import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chargeRescues } from './rescues/charges.js';
import { disputeRescues } from './rescues/disputes.js';
import { rescuedElsewhere } from './rescues/elsewhere.js';
import { provisioningRescues } from './rescues/provisioning.js';
import { refundRescues } from './rescues/refunds.js';
import { runningServerRescues } from './rescues/running-servers.js';

const rescues = [
  ...[...refundRescues, ...disputeRescues, ...chargeRescues],
  ...[...provisioningRescues, ...runningServerRescues],
];
const steps = suite('[STF-07] [WFL-03] steps that may be laid before staff');

/** As workflows write them: a human step, one of a charge's, and an undoing, which may be left out. */
const written = /name: '(\w+)',\s+skippable: (true|false)|\bstep\('(\w+)'|\.register\('(\w+)'/g;

/** Each answer that a task of the step offers. */
function offered(): Set<string> {
  const sources = readdirSync('workflows', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const found = sources.flatMap((file) => [...readFileSync(join('workflows', file), 'utf8').matchAll(written)]);
  return new Set(
    found.flatMap(([, step, skippable, ofCharge, undoing]) => {
      const answers = skippable === 'true' || undoing ? ['retry', 'skip', 'cancel'] : ['retry', 'cancel'];
      return answers.map((answer) => `${step ?? ofCharge ?? undoing}: ${answer}`);
    }),
  );
}

steps('are rescued in a browser, each by each answer that its task offers', () => {
  const decided = [...rescues.flatMap((rescue) => rescue.decided), ...rescuedElsewhere];
  const shown = new Set(decided.map(([step, answer]) => `${step}: ${answer}`));
  assert.equal([...shown].sort(), [...offered()].sort());
});

steps.run();
