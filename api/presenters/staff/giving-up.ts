import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Case } from '../../../models/staff/case.js';
import { givingUp } from '../../../rules/durable/giving-up.js';
import { QUARANTINE_DAYS } from '../../../rules/network/quarantine.js';
import type { Icon } from '../icons.js';
import type { Reader } from '../moments.js';

export interface Consequence {
  readonly icon: Icon;
  readonly text: string;
}

const sendingBack = ['refundPayments', 'returnedRefund'];

/** Thing by thing: what goes back when the step is given up, or what stays held. Nothing where nothing is held. */
export function consequencesOf(reader: Reader, task: StaffTask, about: Case): Consequence[] {
  const becomes = givingUp(task);
  if (becomes === 'settled') return moneyOwed(reader, task, about);
  if (becomes === 'rests') return thingsHeld(reader, about, 'stays');
  return [...thingsHeld(reader, about, 'goes'), ...moneyBack(reader, about)];
}

function thingsHeld({ language }: Reader, about: Case, way: 'goes' | 'stays'): Consequence[] {
  const says = (key: string, values = {}) => phrase(language, `tasks:${way}.${key}`, values);
  const { lease, addresses, ports } = about;
  const held: Consequence[] = [];
  if (lease) {
    const { label, status } = lease.server;
    const key = way === 'goes' && status === 'provisioning' ? 'writtenMachine' : 'machine';
    held.push({ icon: 'server-2', text: says(key, { label }) });
  }
  if (addresses.length > 0) {
    const blocks = addresses.map(({ block }) => block.replace(/\/(32|128)$/, '')).join(', ');
    held.push({ icon: 'network', text: says('addresses', { blocks, days: QUARANTINE_DAYS }) });
  }
  for (const { switchPort, vlan } of ports) {
    const values = { port: switchPort.name, device: switchPort.device.name, vlan: vlan.number };
    held.push({ icon: 'topology-star-3', text: says('port', values) });
  }
  return held;
}

/** What staff give up to send back, and owe from then on: the refund that is asked about, or what it was replaced by. */
function moneyOwed({ language }: Reader, { step, workflowId }: StaffTask, { refunds }: Case): Consequence[] {
  if (!sendingBack.includes(step)) return [];
  const waiting = refunds.filter(({ status }) => status === 'requested' || status === 'failed');
  const owed = waiting.length > 0 ? waiting : refunds.filter(({ id }) => workflowId?.endsWith(`:${id}`));
  return owed.map(({ amount }) => ({
    icon: 'receipt-refund',
    text: phrase(language, 'tasks:stays.money', { amount: formatMoney(language, amount) }),
  }));
}

/** What was received and is not on its way back already: each payment by the way it came. */
function moneyBack({ language }: Reader, { payments, refunds, order }: Case): Consequence[] {
  const says = (key: string, values = {}) => phrase(language, `tasks:goes.${key}`, values);
  const owed = payments.filter(({ id }) => !refunds.some(({ paymentId }) => paymentId === id));
  const back = owed.map(({ amount, method, reference }) => ({
    icon: 'receipt-refund' as const,
    text: says(`money.${method}`, { amount: formatMoney(language, amount), reference: reference ?? '' }),
  }));
  return order ? [...back, { icon: 'mail', text: says('told', { name: order.user.name }) }] : back;
}
