import type { Icon } from './icons.js';
import type { Tone } from './pill.js';

interface EventLook {
  readonly tone: Tone;
  readonly icon: Icon;
}

/** By the event, or by its thing (the part before the dot) where all its events look alike. */
const looks: Readonly<Record<string, EventLook>> = {
  order: { tone: 'idle', icon: 'package' },
  'order.active': { tone: 'ok', icon: 'check' },
  'order.cancelling': { tone: 'warn', icon: 'refresh' },
  'order.refunded': { tone: 'warn', icon: 'receipt-refund' },
  invoice: { tone: 'idle', icon: 'file-invoice' },
  'invoice.paid': { tone: 'ok', icon: 'credit-card' },
  'invoice.credit_used': { tone: 'ok', icon: 'coins' },
  'invoice.credit_returned': { tone: 'idle', icon: 'receipt-refund' },
  'invoice.declined': { tone: 'bad', icon: 'credit-card-off' },
  'invoice.card_refused': { tone: 'bad', icon: 'credit-card-off' },
  'invoice.confirmation_missing': { tone: 'warn', icon: 'shield-lock' },
  'invoice.retried': { tone: 'idle', icon: 'refresh' },
  'invoice.try_planned': { tone: 'info', icon: 'calendar' },
  'invoice.days_granted': { tone: 'info', icon: 'calendar-due' },
  'invoice.tries_held': { tone: 'warn', icon: 'player-pause' },
  'invoice.tries_usual': { tone: 'info', icon: 'player-play' },
  'invoice.tries_over': { tone: 'idle', icon: 'player-play' },
  'invoice.card_asked': { tone: 'idle', icon: 'mail' },
  'invoice.written_off': { tone: 'bad', icon: 'ban' },
  'invoice.refunded': { tone: 'idle', icon: 'receipt-refund' },
  'invoice.refund_sent': { tone: 'idle', icon: 'receipt-refund' },
  'invoice.dispute_inquiry': { tone: 'warn', icon: 'help-circle' },
  'invoice.dispute_open': { tone: 'bad', icon: 'alert-circle' },
  'invoice.dispute_under_review': { tone: 'info', icon: 'refresh' },
  'invoice.dispute_won': { tone: 'ok', icon: 'check' },
  'invoice.dispute_lost': { tone: 'bad', icon: 'credit-card-off' },
  'invoice.dispute_closed': { tone: 'idle', icon: 'check' },
  'invoice.refund_returned': { tone: 'warn', icon: 'receipt-refund' },
  held: { tone: 'warn', icon: 'clock-pause' },
  resumed: { tone: 'info', icon: 'refresh' },
  payment: { tone: 'idle', icon: 'credit-card' },
  'payment.declined': { tone: 'bad', icon: 'credit-card-off' },
  'payment.unknown': { tone: 'warn', icon: 'help-circle' },
  cancellation: { tone: 'warn', icon: 'calendar-due' },
  'cancellation.withdrawn': { tone: 'ok', icon: 'check' },
  power: { tone: 'idle', icon: 'power' },
  'power.asked_cycle': { tone: 'idle', icon: 'rotate-clockwise' },
  'power.asked_reset': { tone: 'idle', icon: 'bolt' },
  'power.switched_on': { tone: 'ok', icon: 'power' },
  'power.restarted': { tone: 'ok', icon: 'rotate-clockwise' },
  'power.no_answer': { tone: 'bad', icon: 'alert-triangle' },
  'power.wrong_machine': { tone: 'bad', icon: 'alert-triangle' },
  'power.bmc_refused': { tone: 'bad', icon: 'alert-triangle' },
  'power.not_reached': { tone: 'bad', icon: 'alert-triangle' },
  'power.unconfirmed': { tone: 'warn', icon: 'help-circle' },
  provisioning: { tone: 'idle', icon: 'server-2' },
  'provisioning.failed': { tone: 'bad', icon: 'alert-triangle' },
  server: { tone: 'idle', icon: 'server-2' },
  'server.addresses_assigned': { tone: 'ok', icon: 'network' },
  'server.did_not_start': { tone: 'warn', icon: 'refresh' },
  'server.replaced': { tone: 'warn', icon: 'alert-triangle' },
  'server.handed_over': { tone: 'ok', icon: 'check' },
  'server.login_data_shown': { tone: 'idle', icon: 'key' },
  service: { tone: 'idle', icon: 'server-2' },
  'service.active': { tone: 'ok', icon: 'check' },
};

export function lookOfEvent(event: string): EventLook {
  const [thing = ''] = event.split('.', 1);
  return looks[event] ?? looks[thing] ?? { tone: 'idle', icon: 'point' };
}
