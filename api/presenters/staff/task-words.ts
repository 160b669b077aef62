import { phrase } from '../../../locales/phrases.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Case } from '../../../models/staff/case.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import type { Icon } from '../icons.js';

type Task = Pick<StaffTask, 'subject' | 'subjectType' | 'workflowId'>;

const signs: Readonly<Record<ReturnType<typeof matterOf>, Icon>> = { money: 'credit-card-off', hardware: 'server-2' };

/** `Order NQ-10497 of Fjordlys Medietjenester AS`. */
export function aboutWhat(
  language: Language,
  { subjectType, subject, customer }: Pick<Task, 'subject' | 'subjectType'> & { readonly customer: string | undefined },
): string {
  return phrase(language, `staff:about.${subjectType}`, { subject, customer: customer ?? '–' });
}

/**
 * By which step's words a task is told: money that came by transfer goes back by no card provider, so that step has words
 * of its own; and so has one whose money has gone back meanwhile.
 */
export function wordedStep(
  { step, subject }: Pick<StaffTask, 'step' | 'subject'>,
  { payments, refunds }: Pick<Case, 'payments' | 'refunds'>,
): { readonly step: string; readonly subject: string } {
  if (step !== 'refundPayments') return { step, subject };
  const stuck = refunds.filter(({ status }) => status === 'requested' || status === 'failed');
  if (refunds.length > 0 && stuck.length === 0) return { step: 'refundSent', subject };
  const byHand = stuck.some((refund) => payments.find(({ id }) => id === refund.paymentId)?.method === 'transfer');
  return { step: byHand ? 'refundTransfer' : step, subject };
}

export function taskIcon(task: Pick<Task, 'workflowId' | 'subjectType'>): Icon {
  return signs[matterOf(task)];
}
