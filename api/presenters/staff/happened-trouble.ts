import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { openAttemptStatuses } from '../../../models/billing/payment-attempt.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import { cardName } from '../../../rules/billing/card-name.js';
import type { Icon } from '../icons.js';
import { moment, type Reader } from '../moments.js';

interface Row {
  readonly tone: 'ok' | 'warn' | 'info' | 'idle';
  readonly icon: Icon;
  readonly title: string;
  readonly text?: string;
  readonly aside?: string;
}

/** For `partials/rows`: what was tried and is not done, and how the machine stood when it was last asked. */
export function troubleOutside(reader: Reader, known: TaskCase): Row[] {
  return [...chargesInTheAir(reader, known), ...stepUnderWay(reader, known), ...onTheMachine(reader, known)];
}

/** A charge without a known outcome may have moved money. */
function chargesInTheAir(reader: Reader, { about: { attempts } }: TaskCase): Row[] {
  const says = (key: string, values = {}) => phrase(reader.language, `tasks:happened.${key}`, values);
  return attempts
    .filter(({ status }) => openAttemptStatuses.includes(status))
    .map(({ amount, status, paymentMethod, intentId, startedAt }) => ({
      tone: 'warn',
      icon: 'credit-card-pay',
      title: says(`charge.${status}`, { amount: formatMoney(reader.language, amount), card: cardName(paymentMethod) }),
      ...(intentId && { text: intentId }),
      aside: moment(reader, startedAt).text,
    }));
}

function stepUnderWay(reader: Reader, { running }: TaskCase): Row[] {
  if (!running) return [];
  const { language } = reader;
  const { step, attempts, problem, startedAt } = running;
  const name = phrase(language, `steps:step.${step}`);
  const title = phrase(language, 'tasks:happened.step', { name, count: attempts });
  const text = problem ? { text: phrase(language, `steps:problem.${problem}`) } : {};
  return [{ tone: 'warn', icon: 'refresh', title, ...text, aside: moment(reader, startedAt).text }];
}

function onTheMachine(reader: Reader, { about: { installation, service }, reading }: TaskCase): Row[] {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `tasks:happened.${key}`, values);
  const rows: Row[] = [];
  if (installation) {
    const { status, reportedAt, createdAt } = installation;
    const title = says(`installation.${status}`);
    rows.push({ tone: 'info', icon: 'disc', title, aside: moment(reader, reportedAt ?? createdAt).text });
  }
  if (reading) {
    const power = phrase(language, `states:power.${reading.power}`);
    rows.push({
      tone: 'info',
      icon: 'power',
      title: says('power', { power }),
      aside: moment(reader, reading.readAt).text,
    });
  }
  if (service?.suspendedAt)
    rows.push({ tone: 'ok', icon: 'ban', title: says('suspended'), aside: moment(reader, service.suspendedAt).text });
  return rows;
}
