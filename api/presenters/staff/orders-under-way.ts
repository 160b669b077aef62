import { phrase } from '../../../locales/phrases.js';
import type { OrderUnderWay } from '../../../models/staff/overview.js';
import { provisioningSteps } from '../../../rules/servers/provisioning-steps.js';
import { duration, type Reader } from '../moments.js';
import { isProvisioningStep } from './order-steps.js';

/** Later than this many times the usual, people look. */
const SLOW = 2;

export function presentUnderWay(reader: Reader, order: OrderUnderWay, usualMs: number | undefined, now: Date) {
  const { number, customer, step, stepSince, taskId } = order;
  const inStepMs = stepSince ? now.getTime() - stepSince.getTime() : 0;
  // A customer may take days to pay, and harms nobody by it.
  const slow = usualMs !== undefined && step !== 'payment' && inStepMs > SLOW * usualMs;
  return {
    number,
    customer,
    address: `/staff/orders/${number}`,
    task: taskId && `/staff/tasks/${taskId}`,
    slow,
    pill: { ...lookOf(order, slow), text: stepName(reader, order) },
    inStep: duration(reader, inStepMs),
    usual: usualMs === undefined || step === 'payment' ? '–' : duration(reader, usualMs),
  };
}

function lookOf({ taskId, step, problem }: OrderUnderWay, slow: boolean) {
  if (taskId) return { tone: 'bad', icon: 'alert-triangle' };
  if (problem || slow) return { tone: 'warn', icon: 'alert-triangle' };
  if (step === null || step === 'payment') return { tone: 'idle', icon: 'clock' };
  return { tone: 'info', icon: 'progress' };
}

/** `4 of 7 Network start`; between two steps, how the order stands. */
function stepName({ language }: Reader, { step, status }: OrderUnderWay): string {
  if (!isProvisioningStep(step)) return phrase(language, `states:order.${status}`);
  const name = phrase(language, `steps:step.${step}`);
  const [position, all] = [provisioningSteps.indexOf(step) + 1, provisioningSteps.length];
  return phrase(language, 'staff:overview.stepOf', { position, all, name });
}
