import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { PastStep } from '../../../models/durable/past-steps.js';
import { stepTimes } from '../../../rules/durable/step-times.js';
import { provisioningSteps } from '../../../rules/servers/provisioning-steps.js';
import { duration, moment, type Reader } from '../moments.js';

/** How long each step of each process takes, in the order in which people watch them. */
export function presentStepTimes(reader: Reader, steps: readonly PastStep[]) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:stepTimes.${key}`);
  const named = (key: string, raw: string) => (hasPhrase(language, key) ? phrase(language, key) : raw);
  return {
    title: says('title'),
    crumbs: [{ label: phrase(language, 'staff:workflows.title'), address: '/staff/workflows' }],
    rows: [...steps].sort(inTheirOrder).map(({ process, step, seconds, lastDoneAt, lastFailedAt }) => {
      const times = stepTimes(seconds);
      return {
        process: named(`staff:workflows.kind.${process}`, process),
        step: named(`steps:step.${step}`, step),
        runs: new Intl.NumberFormat(language).format(times?.runs ?? 0),
        median: times ? duration(reader, times.medianSeconds * 1_000) : '–',
        ninth: times ? duration(reader, times.ninthSeconds * 1_000) : '–',
        lastDone: lastDoneAt ? moment(reader, lastDoneAt) : undefined,
        lastFailed: lastFailedAt ? moment(reader, lastFailedAt) : undefined,
      };
    }),
  };
}

function inTheirOrder(one: PastStep, other: PastStep): number {
  const place = ({ step }: PastStep) => (provisioningSteps as readonly string[]).indexOf(step);
  return one.process.localeCompare(other.process) || place(one) - place(other);
}
