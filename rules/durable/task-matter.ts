import type { TaskMatter } from '../accounts/staff-rights.js';

const aboutMoney = ['order', 'invoice-payment', 'refund-return', 'dispute'];

/** Told from the workflow's id: an order and its payment fail over money, all that builds or takes down over hardware. */
export function matterOf({ workflowId }: { readonly workflowId: string }): TaskMatter {
  return aboutMoney.includes(workflowId.split(':', 1)[0] ?? '') ? 'money' : 'hardware';
}
