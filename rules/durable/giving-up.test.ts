import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { givingUp } from './giving-up.js';

const rule = suite('[STF-07] giving a step up');

for (const [workflowId, step, becomes] of [
  ['server-provisioning:1', 'openPort', 'undone'],
  ['server-provisioning:1', 'controlMachine', 'undone'],
  ['server-provisioning:1', 'powerOff', 'settled'],
  ['service-cancellation:1', 'suspendService', 'rests'],
  ['service-cancellation:1', 'releaseHoldings', 'rests'],
  ['order:1', 'refundPayments', 'settled'],
  ['power-command:1', 'switchMachine', 'settled'],
  [null, 'invariant', 'settled'],
] as const) {
  rule(`${workflowId ?? 'no process'}, ${step}: ${becomes}`, () => assert.is(givingUp({ workflowId, step }), becomes));
}

rule.run();
