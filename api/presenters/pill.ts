import { phrase } from '../../locales/phrases.js';
import type { BatchItemState } from '../../models/billing/collection-batch-item.js';
import type { CollectionStanding } from '../../models/billing/failed-payment.js';
import type { HoldingState } from '../../models/network/prefix-holdings.js';
import type { Language } from '../../rules/accounts/languages.js';
import type { DisputeStatus } from '../../rules/billing/dispute-status.js';
import type { RefundStatus } from '../../rules/billing/refund-status.js';
import type { OrderStatus } from '../../rules/orders/order-status.js';
import type { PowerCommandStatus } from '../../rules/servers/power-command-status.js';
import type { Power } from '../../rules/servers/power-commands.js';
import type { ServerStatus } from '../../rules/servers/server-status.js';
import type { CancellationStatus } from '../../rules/services/cancellation-status.js';
import type { ServiceStatus } from '../../rules/services/service-status.js';
import type { Icon } from './icons.js';

export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle';

interface Look {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly motion?: 'qm-spin';
}

const working = { tone: 'info', icon: 'loader-2', motion: 'qm-spin' } as const;
const done = { tone: 'ok', icon: 'circle-check' } as const;
const over = { tone: 'idle', icon: 'ban' } as const;
const waiting = { tone: 'idle', icon: 'clock-pause' } as const;
const failed = { tone: 'bad', icon: 'circle-x' } as const;

/** How each state of each kind of thing looks; its word is the phrase `states:<kind>.<state>`. */
const looks = {
  order: {
    awaiting_payment: { tone: 'warn', icon: 'credit-card' },
    preparing: working,
    active: done,
    cancelling: { ...working, tone: 'warn' },
    cancelled: over,
    expired: over,
    refunded: { tone: 'idle', icon: 'receipt-refund' },
  } satisfies Record<OrderStatus, Look>,
  invoice: {
    draft: { tone: 'idle', icon: 'circle-dashed' },
    open: { tone: 'info', icon: 'clock' },
    overdue: { tone: 'bad', icon: 'alert-circle' },
    paying: working,
    paid: done,
    void: over,
    uncollectible: { tone: 'bad', icon: 'ban' },
  },
  payment: {
    created: working,
    processing: working,
    unknown: { tone: 'warn', icon: 'help-circle' },
    requires_action: { tone: 'warn', icon: 'shield-lock' },
    succeeded: done,
    declined: failed,
    cancelled: over,
  },
  collection: {
    soft: { tone: 'warn', icon: 'refresh' },
    hard: { tone: 'bad', icon: 'ban' },
    authentication_required: { tone: 'info', icon: 'shield-lock' },
    unknown: { tone: 'idle', icon: 'help-circle' },
    under_way: working,
    untried: waiting,
  } satisfies Record<CollectionStanding, Look>,
  service: {
    ordered: waiting,
    preparing: working,
    active: done,
    suspended: { tone: 'bad', icon: 'ban' },
    ending: { tone: 'warn', icon: 'calendar-due' },
    ended: over,
    abandoned: over,
  } satisfies Record<ServiceStatus | 'suspended' | 'ending', Look>,
  cancellation: {
    awaiting_confirmation: { tone: 'warn', icon: 'mail' },
    undeliverable: failed,
    lapsed: over,
    scheduled: { tone: 'warn', icon: 'calendar-due' },
    withdrawn: over,
    ending: { ...working, tone: 'bad' },
    resting: waiting,
    ended: over,
  } satisfies Record<CancellationStatus, Look>,
  address: {
    assigned: { tone: 'ok', icon: 'circle-check' },
    reserved: { tone: 'info', icon: 'lock' },
    resting: waiting,
    past: over,
  } satisfies Record<HoldingState, Look>,
  machine: {
    new: { tone: 'idle', icon: 'circle-dashed' },
    testing: working,
    ready: done,
    leased: { tone: 'info', icon: 'clock' },
    provisioning: working,
    in_service: { tone: 'ok', icon: 'power' },
    suspended: { tone: 'bad', icon: 'ban' },
    releasing: { ...working, tone: 'warn' },
    quarantined: { tone: 'warn', icon: 'lock' },
    wiping: working,
    tested: { tone: 'info', icon: 'check' },
    failed_testing: failed,
    failed_provisioning: failed,
    failed_releasing: failed,
    failed_wiping: failed,
  } satisfies Record<ServerStatus, Look>,
  power: {
    on: { tone: 'ok', icon: 'power' },
    off: { tone: 'idle', icon: 'power' },
    unknown: { tone: 'idle', icon: 'help-circle' },
  } satisfies Record<Power | 'unknown', Look>,
  powerCommand: {
    requested: waiting,
    running: working,
    done,
    failed,
    refused: over,
  } satisfies Record<PowerCommandStatus, Look>,
  batchItem: {
    waiting,
    done,
    declined: failed,
    begun: working,
    refused: over,
  } satisfies Record<BatchItemState, Look>,
  dispute: {
    reported: waiting,
    inquiry: { tone: 'warn', icon: 'help-circle' },
    open: { tone: 'bad', icon: 'alert-circle' },
    under_review: working,
    won: done,
    lost: failed,
    closed: over,
  } satisfies Record<DisputeStatus, Look>,
  refund: {
    requested: waiting,
    pending: working,
    succeeded: done,
    failed,
    returned: { tone: 'warn', icon: 'receipt-refund' },
  } satisfies Record<RefundStatus, Look>,
  letter: {
    asked: working,
    waiting,
    sent: done,
    refused: failed,
    dropped: over,
    nobody: over,
  },
  stop: { standing: { tone: 'bad', icon: 'clock-pause' }, lifted: done, releasing: working, released: done },
  secondFactor: { on: { tone: 'ok', icon: 'shield-lock' }, off: { tone: 'warn', icon: 'alert-triangle' } },
  staffTask: {
    open: { tone: 'bad', icon: 'alert-circle' },
    retry: { tone: 'info', icon: 'refresh' },
    skip: { tone: 'warn', icon: 'player-skip-forward' },
    cancel: over,
    done,
  },
  books: {
    holds: done,
    broken: { tone: 'bad', icon: 'alert-circle' },
    partly: { tone: 'idle', icon: 'help-circle' },
    unlooked: { tone: 'idle', icon: 'help-circle' },
  },
  workflow: {
    running: working,
    waiting,
    completed: done,
    failed,
    cancelled: over,
    terminated: over,
    timed_out: { tone: 'bad', icon: 'hourglass' },
    continued: { tone: 'info', icon: 'refresh' },
  },
} as const satisfies Record<string, Record<string, Look>>;

type Looks = typeof looks;
export type PillKind = keyof Looks;
export type PillState<Kind extends PillKind> = keyof Looks[Kind] & string;

/** For `partials/pill`. */
export function pill<Kind extends PillKind>(language: Language, kind: Kind, state: PillState<Kind>) {
  const states: Readonly<Record<string, Look>> = looks[kind];
  const look = states[state];
  if (!look) throw new Error(`no look for a ${kind} that is ${state}: api/presenters/pill.ts`);
  return { ...look, text: phrase(language, `states:${kind}.${state}`) };
}

/** All there are, for the test that finds a word for each. */
export const pillStates = Object.entries(looks).flatMap(([kind, states]) =>
  Object.keys(states).map((state) => ({ kind, state })),
);
