import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { openAttemptStatuses } from '../../../models/billing/payment-attempt.js';
import type { PowerCommand } from '../../../models/servers/power-command.js';
import type { Server } from '../../../models/servers/server.js';
import type { Case } from '../../../models/staff/case.js';
import { awaitsAnswer } from '../../../rules/billing/dispute-status.js';
import { isUndone, provisioningSteps } from '../../../rules/servers/provisioning-steps.js';
import type { Icon } from '../icons.js';
import { moment, type Reader } from '../moments.js';

interface Row {
  readonly tone: 'ok' | 'idle' | 'info';
  readonly icon: Icon;
  readonly title: string;
  readonly text?: string;
  readonly aside?: string;
}

/** For `partials/rows`: what stands outside by now, whatever the process does next; and what does not yet. */
export function happenedOutside(reader: Reader, about: Case): Row[] {
  if (about.power) return askedOfPower(reader, about.power);
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `staff:happened.${key}`, values);
  const rows = [...moneyMoved(reader, about), ...thingsHeld(reader, about)];
  const begun = new Set(about.steps.filter(({ status }) => status === 'done').map(({ step }) => step));
  const undone = isUndone(about.steps);
  const left = about.order && !undone ? provisioningSteps.filter((step) => !begun.has(step)) : [];
  const names = left.map((step) => phrase(language, `steps:step.${step}`)).join(', ');
  const inTheAir = about.attempts.some(({ status }) => openAttemptStatuses.includes(status));
  if (rows.length === 0 && !inTheAir) rows.push({ tone: 'idle', icon: 'circle-dashed', title: says('nothing') });
  if (undone) rows.push({ tone: 'idle', icon: 'circle-dashed', title: says('undone') });
  if (left.length > 0) rows.push({ tone: 'idle', icon: 'circle-dashed', title: says('notDone', { names }) });
  return rows;
}

/** Of a power command: whether the machine was asked, for a restart is never asked for twice. */
function askedOfPower(
  reader: Reader,
  { command, reason, user, staff, server, askedAt, pushedAt }: PowerCommand,
): Row[] {
  const says = (key: string, values = {}) => phrase(reader.language, `staff:happened.power.${key}`, values);
  const deed = phrase(reader.language, `power:deed.${command}`);
  const asked = says('asked', { deed, who: (user ?? staff)?.name });
  const pushed: Row = pushedAt
    ? { tone: 'info', icon: 'bolt', title: says('pushed'), aside: moment(reader, pushedAt).text }
    : { tone: 'idle', icon: 'circle-dashed', title: says('notPushed') };
  return [
    { tone: 'ok', icon: 'power', title: asked, text: reason, aside: moment(reader, askedAt).text },
    pushed,
    machineRow(reader, server),
  ];
}

function machineRow({ language }: Reader, { label, unit, serial, rack }: Server): Row {
  const says = (key: string, values = {}) => phrase(language, `staff:happened.${key}`, values);
  const text = says('place', { site: rack.site.code, rack: rack.name, unit, serial });
  return { tone: 'ok', icon: 'server-2', title: says('machine', { label }), text };
}

function moneyMoved(reader: Reader, { payments, refunds, disputes, order }: Case): Row[] {
  const says = (key: string, values = {}) => phrase(reader.language, `staff:happened.${key}`, values);
  const invoice = order?.invoice?.number ?? '';
  const received = payments.map(({ amount, method, reference, receivedAt }) => ({
    tone: 'ok' as const,
    icon: 'credit-card' as const,
    title: says(`received.${method}`, { amount: formatMoney(reader.language, amount) }),
    text: [reference, invoice].filter(Boolean).join(', '),
    aside: moment(reader, receivedAt).text,
  }));
  const back = refunds.map(({ amount, status, returnedAt, settledAt, requestedAt }) => ({
    tone: status === 'succeeded' ? ('ok' as const) : ('info' as const),
    icon: 'receipt-refund' as const,
    title: says(`refund.${status}`, { amount: formatMoney(reader.language, amount) }),
    aside: moment(reader, returnedAt ?? settledAt ?? requestedAt).text,
  }));
  const disputed = disputes.map(({ amount, status, closedAt, reportedAt, answerBy }) => ({
    tone: status === 'won' ? ('ok' as const) : ('info' as const),
    icon: 'alert-circle' as const,
    title: says(`dispute.${status}`, { amount: formatMoney(reader.language, amount) }),
    ...(answerBy && awaitsAnswer(status) && { text: says('answerBy', { at: moment(reader, answerBy).text }) }),
    aside: moment(reader, closedAt ?? reportedAt).text,
  }));
  return [...received, ...back, ...disputed];
}

function thingsHeld(reader: Reader, { lease, addresses, ports }: Case): Row[] {
  const says = (key: string, values = {}) => phrase(reader.language, `staff:happened.${key}`, values);
  const rows: Row[] = [];
  if (lease) rows.push(machineRow(reader, lease.server));
  if (addresses.length > 0) {
    const blocks = addresses.map(({ block }) => block.replace(/\/(32|128)$/, '')).join(', ');
    rows.push({ tone: 'ok', icon: 'network', title: says('addresses'), text: blocks });
  }
  for (const { switchPort, vlan } of ports) {
    const title = says('port', { port: switchPort.name, vlan: vlan.number });
    rows.push({ tone: 'ok', icon: 'topology-star-3', title, text: switchPort.device.name });
  }
  return rows;
}
