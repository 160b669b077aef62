import type { ToldCell } from '../cell.js';

const killed = 'tests/faults/killed-processes.test.ts';
const f1 = { groups: ['F1'], features: ['WFL-06'] } as const;

const steps = ['reserve', 'network', 'boot', 'install', 'verify', 'welcome'].map((step): ToldCell => {
  const test = 'an order is paid once and built once when the worker is killed during each step';
  const place = { process: 'serverProvisioning', step: `${step} is under way`, fault: 'kill -9 of worker', ...f1 };
  return { ...place, shownBy: { file: killed, test } };
});

/** Real kills that stand among the tests of every run. */
export const toldReal: readonly ToldCell[] = [
  ...steps,
  {
    ...{ process: 'invoicePayment', step: 'confirmCharge', fault: 'kill -9 of worker', ...f1 },
    shownBy: { file: killed, test: 'an order is paid once and built once when the worker is killed during each step' },
  },
  {
    ...{ process: 'serverProvisioning', step: 'install is under way', fault: 'kill -9 of everything', ...f1 },
    shownBy: {
      file: killed,
      test: 'an order goes on where it was when everything is killed at once and started again',
    },
  },
  {
    ...{ process: 'powerCommand', step: 'the machine is asked, or watched', fault: 'kill -9 of worker', ...f1 },
    shownBy: {
      file: killed,
      test: 'a machine is not restarted twice when the worker is killed while it asks, or while',
    },
  },
  {
    ...{
      process: 'web',
      step: 'an order is paid',
      fault: 'kill -9 of one of two webs, and of one of two workers',
      ...f1,
    },
    shownBy: { file: 'tests/faults/side-by-side.test.ts', test: 'an order goes through while one of each is killed' },
  },
  {
    ...{ process: 'collector', step: 'it reads its switches', fault: 'kill -9 of collector', ...f1 },
    shownBy: {
      file: 'tests/faults/collector.test.ts',
      test: 'one that is killed is followed by another as soon as its lease is over',
    },
  },
];
