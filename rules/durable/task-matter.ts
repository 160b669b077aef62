import type { TaskMatter } from '../accounts/staff-rights.js';

const aboutMoney = ['order', 'invoice-payment', 'refund-return', 'dispute'];
const ofHardware = ['service', 'server'];

interface TaskAbout {
  readonly workflowId: string | null;
  readonly subjectType: string;
}

/**
 * Told from the workflow's id: an order and its payment fail over money, all that builds or takes down over hardware.
 * Where no process waits it is told from what the task is about.
 */
export function matterOf({ workflowId, subjectType }: TaskAbout): TaskMatter {
  if (workflowId === null) return ofHardware.includes(subjectType) ? 'hardware' : 'money';
  return aboutMoney.includes(workflowId.split(':', 1)[0] ?? '') ? 'money' : 'hardware';
}
