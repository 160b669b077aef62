import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { standing } from './steps.js';

const steps = suite('[CAT-03] the steps of an order');

const done = (step: 'payment' | 'reserve' | 'network') => ({ step, status: 'done' }) as const;

steps('[CAT-03] what was done with a machine that failed is not done any more', () => {
  const reserving = { step: 'reserve', status: 'running' } as const;
  const failed = { step: 'boot', status: 'failed' } as const;
  assert.equal(standing([done('payment'), reserving, done('network'), failed]), [done('payment'), reserving]);
});

steps('[CAT-03] what came before the step under way, and what was over, stands', () => {
  const booting = { step: 'boot', status: 'running' } as const;
  for (const all of [
    [done('payment'), done('reserve'), booting],
    [done('payment'), done('reserve')],
  ]) {
    assert.equal(standing(all), all);
  }
});

steps.run();
