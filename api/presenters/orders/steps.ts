import { numberFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import { usualOf } from '../../../rules/orders/expected-delivery.js';
import { isOrderClosed } from '../../../rules/orders/order-status.js';
import { type ProvisioningStep, provisioningSteps } from '../../../rules/servers/provisioning-steps.js';
import type { Reader } from '../moments.js';
import { type Step, type StepState, troubleOf } from '../steps.js';

type Known = OrderProgress['steps'][number];

/** The way of an order, as far as it goes: of one that is over, only what was begun. */
export function stepsOf(reader: Reader, progress: OrderProgress): Step[] {
  const { order, steps, pastSeconds } = progress;
  const over = isOrderClosed(order.status);
  return provisioningSteps.flatMap((name) => {
    const known = standing(steps).find(({ step }) => step === name);
    if (!known && over) return [];
    const told = known
      ? { startedAt: known.startedAt, endedAt: known.endedAt ?? known.heldAt, ...sentenceOf(reader, progress, known) }
      : {};
    const usualMs = usualOf(name, pastSeconds) * 1_000;
    return [
      {
        name: phrase(reader.language, `steps:step.${name}`),
        state: stateOf(known, progress.withStaff),
        usualMs,
        ...told,
      },
    ];
  });
}

/** Where it goes on with another machine, what was done with the one before is done again. */
export function standing<S extends Pick<Known, 'step' | 'status'>>(steps: readonly S[]): readonly S[] {
  const current = steps.find(({ status }) => status === 'running' || status === 'held');
  if (!current) return steps;
  const reached = provisioningSteps.indexOf(current.step);
  return steps.filter(({ step }) => provisioningSteps.indexOf(step) <= reached);
}

/** Past its patience nothing is tried by itself: the step waits for a person. */
function stateOf(step: Known | undefined, isWithStaff: boolean): StepState {
  if (!step) return 'waiting';
  if (step.status !== 'running') return step.status;
  if (isWithStaff) return 'staff';
  return step.attempts > 1 || step.problem ? 'retrying' : 'running';
}

function sentenceOf(reader: Reader, progress: OrderProgress, known: Known): { sentence?: string } {
  if (known.status === 'held') return { sentence: phrase(reader.language, 'steps:held') };
  const said = known.status === 'running' ? atWork(reader, progress, known) : done(reader, progress, known.step);
  return said.length > 0 ? { sentence: said.join(' ') } : {};
}

function atWork(
  { language }: Reader,
  { installation, withStaff }: OrderProgress,
  { step, attempts, problem }: Known,
): string[] {
  const doing = step === 'install' ? installation?.doing : null;
  const percent = numberFormat(language, { style: 'percent' }).format((installation?.percent ?? 0) / 100);
  return [
    ...(attempts > 1 ? [phrase(language, 'orders:page.tries', { number: attempts })] : []),
    ...troubleOf(language, problem, withStaff),
    ...(doing
      ? [phrase(language, 'orders:page.percent', { doing: phrase(language, `steps:doing.${doing}`), percent })]
      : []),
  ];
}

function done({ language }: Reader, { lease, addresses }: OrderProgress, step: ProvisioningStep): string[] {
  if (step === 'reserve' && lease) {
    const { rack, serial } = lease.server;
    return [
      phrase(language, 'orders:page.machine', { city: rack.site.city, site: rack.site.code, rack: rack.name, serial }),
    ];
  }
  if (step === 'network' && addresses.length > 0) return [addresses.map(({ block }) => block).join(', ')];
  return [];
}
