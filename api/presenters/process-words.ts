import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';
import type { ProcessName, StateOf } from '../../workflows/messages/process-states.js';

interface StateWords {
  /** What has happened, as the timeline says it. */
  readonly told: string;
  /** What happens next, by itself or by somebody; of whatever is over there is nothing to say. */
  readonly next?: string;
}

const own = (name: string) => ({ told: `processes:told.${name}`, next: `processes:next.${name}` });
const last = (told: string) => ({ told });

const letter = {
  asked: own('letter.asked'),
  waiting: own('letter.waiting'),
  sent: last('processes:told.letter.sent'),
  refused: last('processes:told.letter.refused'),
  dropped: last('processes:told.letter.dropped'),
  nobody: last('processes:told.letter.nobody'),
};

/** Where each state of each process finds its sentences; a state that is left out does not compile. */
export const processWords: { readonly [Name in ProcessName]: Readonly<Record<StateOf<Name>, StateWords>> } = {
  order: {
    awaiting_payment: { told: 'timeline:order.placed', next: 'orders:next.awaiting_payment' },
    preparing: { told: 'timeline:order.preparing', next: 'orders:next.preparing.payment' },
    active: last('timeline:order.active'),
    cancelling: { told: 'timeline:order.cancelling', next: 'orders:next.cancelling' },
    cancelled: last('timeline:order.cancelled'),
    expired: last('timeline:order.expired'),
    refunded: last('timeline:order.refunded'),
  },
  invoicePayment: {
    waiting: { told: 'timeline:invoice.issued', next: 'billing:next.open' },
    attempting: { told: 'processes:told.invoicePayment.attempting', next: 'billing:next.attempt.created' },
    looking_up: { told: 'processes:told.invoicePayment.looking_up', next: 'billing:next.attempt.unknown' },
    waiting_for_retry: { told: 'timeline:invoice.declined', next: 'billing:next.retry' },
    paid: last('timeline:invoice.paid'),
    void: last('timeline:invoice.voided'),
    uncollectible: last('timeline:invoice.written_off'),
  },
  // A step begins with what the one before it came to.
  serverProvisioning: {
    payment: { told: 'timeline:order.placed', next: 'orders:next.preparing.payment' },
    reserve: { told: 'timeline:order.preparing', next: 'orders:next.preparing.reserve' },
    network: { told: 'timeline:server.reserved', next: 'orders:next.preparing.network' },
    boot: { told: 'timeline:server.port_opened', next: 'orders:next.preparing.boot' },
    install: { told: 'timeline:server.installing', next: 'orders:next.preparing.install' },
    verify: { told: 'timeline:server.installed', next: 'orders:next.preparing.verify' },
    welcome: { told: 'timeline:server.verified', next: 'orders:next.preparing.welcome' },
    active: last('timeline:server.handed_over'),
    cancelled: last('timeline:server.cancelled'),
    out_of_stock: last('timeline:server.out_of_stock'),
    given_up: last('timeline:server.given_up'),
  },
  serviceCancellation: {
    awaiting_confirmation: {
      told: 'timeline:cancellation.awaiting_confirmation',
      next: 'processes:next.serviceCancellation.awaiting_confirmation',
    },
    undeliverable: last('timeline:cancellation.undeliverable'),
    lapsed: last('timeline:cancellation.lapsed'),
    scheduled: { told: 'timeline:cancellation.scheduled', next: 'processes:next.serviceCancellation.scheduled' },
    withdrawn: last('timeline:cancellation.withdrawn'),
    ending: { told: 'timeline:cancellation.ending', next: 'processes:next.serviceCancellation.ending' },
    resting: { told: 'timeline:cancellation.resting', next: 'processes:next.serviceCancellation.resting' },
    ended: last('timeline:cancellation.ended'),
  },
  powerCommand: {
    requested: { told: 'processes:told.powerCommand.requested', next: 'power:command.next.requested' },
    running: { told: 'processes:told.powerCommand.running', next: 'power:command.next.running' },
    done: last('processes:told.powerCommand.done'),
    failed: last('processes:told.powerCommand.failed'),
    refused: last('processes:told.powerCommand.refused'),
  },
  refundReturn: {
    requested: own('refundReturn.requested'),
    pending: own('refundReturn.pending'),
    succeeded: last('timeline:invoice.refunded'),
    failed: own('refundReturn.failed'),
    returned: { told: 'timeline:invoice.refund_returned', next: 'processes:next.refundReturn.returned' },
  },
  dispute: {
    reported: own('dispute.reported'),
    inquiry: { told: 'timeline:invoice.dispute_inquiry', next: 'processes:next.dispute.inquiry' },
    open: { told: 'timeline:invoice.dispute_open', next: 'processes:next.dispute.open' },
    under_review: { told: 'timeline:invoice.dispute_under_review', next: 'processes:next.dispute.under_review' },
    won: last('timeline:invoice.dispute_won'),
    lost: last('timeline:invoice.dispute_lost'),
    closed: last('timeline:invoice.dispute_closed'),
  },
  accountLetter: letter,
  passwordReset: letter,
  stopRelease: { releasing: own('stopRelease.releasing'), released: last('processes:told.stopRelease.released') },
  collectionBatch: { working: own('collectionBatch.working'), done: last('processes:told.collectionBatch.done') },
};

/** What happens next to a process in this state; nothing where it is over. */
export function processNext<Name extends ProcessName>(
  language: Language,
  name: Name,
  state: StateOf<Name>,
  values: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const words: Readonly<Record<string, StateWords>> = processWords[name];
  const key = words[state]?.next;
  return key === undefined ? undefined : phrase(language, key, values);
}
