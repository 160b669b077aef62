import { formatMoment, formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Order } from '../../../models/orders/order.js';
import { systemName } from '../../../models/orders/order-line.js';
import { LEASE_MINUTES } from '../../../models/orders/order-placement.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import type { OrderStatus } from '../../../rules/orders/order-status.js';
import { isUndone, type ProvisioningStep } from '../../../rules/servers/provisioning-steps.js';
import { hour, type Reader } from '../moments.js';
import type { Tone } from '../pill.js';

const tones: Readonly<Record<OrderStatus, Tone>> = {
  awaiting_payment: 'warn',
  preparing: 'info',
  active: 'ok',
  cancelling: 'warn',
  cancelled: 'idle',
  expired: 'idle',
  refunded: 'warn',
};

type Known = Pick<OrderProgress, 'order' | 'steps' | 'withStaff'>;

/** For `partials/timeline`: what is being waited for, and what happens then by itself. There is a sentence for every state. */
export function nextOf(reader: Reader, known: Known, now: Date) {
  const { status } = known.order;
  const held = status === 'awaiting_payment' ? heldUntil(reader, known.order, now) : [];
  const delayed = status === 'preparing' ? delayOf(reader, known) : [];
  if (known.steps.some((step) => step.status === 'held'))
    return { tone: 'warn', text: phrase(reader.language, 'orders:next.paused') };
  if (status === 'preparing' && isUndone(known.steps)) return { tone: 'warn', text: comesBack(reader, known) };
  const usual = status === 'preparing' && known.withStaff ? [] : [sentenceOf(reader, known), ...held];
  return { tone: delayed.length > 0 ? 'warn' : tones[status], text: [...usual, ...delayed].join(' ') };
}

function sentenceOf({ language, timeZone }: Reader, { order, steps }: Known): string {
  const { status, expiresAt, total, lines } = order;
  const [line] = lines;
  const reached = steps.at(-1)?.step ?? ('payment' satisfies ProvisioningStep);
  return phrase(language, `orders:next.${status === 'preparing' ? `preparing.${reached}` : status}`, {
    expires: formatMoment(language, expiresAt, timeZone),
    amount: formatMoney(language, total),
    system: line && systemName(line, language),
  });
}

function heldUntil(reader: Reader, { placedAt }: Order, now: Date): string[] {
  const until = new Date(placedAt.getTime() + LEASE_MINUTES * 60_000);
  return now < until ? [phrase(reader.language, 'orders:next.held', { until: hour(reader, until).text })] : [];
}

/** Nothing is built any more; things taken and money are on their way back. */
function comesBack({ language }: Reader, { withStaff }: Known): string {
  const text = phrase(language, 'orders:next.undone');
  return withStaff ? `${text} ${phrase(language, 'orders:next.undoneByStaff')}` : text;
}

/** A person decides, or the process tries again. */
function delayOf({ language }: Reader, { steps, withStaff }: Known): string[] {
  if (withStaff) return [phrase(language, 'orders:next.staff')];
  return steps.some(({ status, problem }) => status === 'running' && problem)
    ? [phrase(language, 'orders:next.trouble')]
    : [];
}
