import { hasPhrase, phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import { type WorkflowKind, type WorkflowRow, workflowKinds } from '../../../models/durable/workflow-row.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';
import { type PillKind, pill } from '../pill.js';
import { type TemporalUi, workflowAddress } from './temporal-ui.js';

export const workflowsOffer = {
  id: 'workflows',
  address: '/staff/workflows',
  sorts: ['since'],
  usualDirection: 'desc',
  filters: ['running', 'waiting', 'over', 'all'],
  searchable: true,
} as const satisfies ListOffer;

export type WorkflowsWish = ListWish<'since', (typeof workflowsOffer.filters)[number]>;

/** Whose states a kind's stages are. */
const stages: Readonly<Record<WorkflowKind, PillKind>> = {
  order: 'order',
  invoicePayment: 'invoice',
  serverProvisioning: 'service',
  serviceCancellation: 'cancellation',
  powerCommand: 'powerCommand',
  refundReturn: 'refund',
  dispute: 'dispute',
  accountLetter: 'letter',
  passwordReset: 'letter',
  stopRelease: 'stop',
  collectionBatch: 'workflow',
};

export interface WorkflowsInput {
  readonly rows: readonly WorkflowRow[];
  readonly count: number;
  readonly wish: WorkflowsWish;
  readonly kind: WorkflowKind | undefined;
  readonly ui: TemporalUi | undefined;
  readonly codecAddress: string | undefined;
}

export function presentWorkflows(reader: Reader, { rows, count, wish, kind, ui, codecAddress }: WorkflowsInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:workflows.${key}`);
  const columns = [
    { label: says('subject') },
    { label: phrase(language, 'staff:orders.customer') },
    { label: says('state') },
    { label: says('waits') },
    { label: says('since'), sort: 'since' as const },
    { label: says('open'), hidden: true },
  ];
  const shown = ['running', 'waiting', 'over', 'all'] as const;
  const filters = Object.fromEntries(shown.map((name) => [name, { label: says(`show.${name}`) }]));
  return {
    title: says('title'),
    kinds: [undefined, ...workflowKinds].map((each) => ({
      label: each ? says(`kind.${each}`) : says('kind.all'),
      address: addressOf(each, wish),
      current: each === kind,
    })),
    list: presentList({ ...workflowsOffer, besides: kind ? { kind } : {} }, wish, {
      language,
      columns,
      filters: filters as Record<(typeof shown)[number], { label: string }>,
      count,
    }),
    rows: rows.map((row) => presentRow(reader, row, ui)),
    codecAddress,
    noUi: ui === undefined,
  };
}

function presentRow(reader: Reader, row: WorkflowRow, ui: TemporalUi | undefined) {
  const { language } = reader;
  const waits = waitsFor(reader, row);
  return {
    subject: nameOfSubject(language, row),
    address: addressOfSubject(row),
    customer: row.customer ?? '–',
    kind: nameOfKind(language, row),
    pill: pill(language, 'workflow', row.isOver ? 'completed' : waits.held ? 'waiting' : 'running'),
    stage: phrase(language, `states:${stages[row.kind]}.${row.stage}`),
    waits: waits.text,
    task: row.taskId && `/staff/tasks/${row.taskId}`,
    waitsSince: waits.since && moment(reader, waits.since),
    since: moment(reader, row.since),
    workflowId: row.workflowId,
    ui: workflowAddress(ui, row.workflowId),
  };
}

/** What it waits for, told from its rows; `held` is what somebody or something else has to end. */
function waitsFor({ language }: Reader, row: WorkflowRow): { text: string; held: boolean; since?: Date | null } {
  const says = (key: string, values = {}) => phrase(language, `staff:workflows.waitsFor.${key}`, values);
  const { kind, stage, step, stepSince, since } = row;
  const subject = row.subject ?? '';
  if (row.isOver) return { text: '–', held: false };
  if (row.taskStep !== null) {
    const task = taskWord(language, { step: row.taskStep, subject }, 'title');
    const what = stage === 'resting' ? `${kind}.resting` : 'decision';
    return { text: says(what, { task }), held: true, since: row.taskSince };
  }
  if (row.heldBy !== null) return { text: says(`stop.${row.heldBy}`), held: true, since: row.heldSince };
  if (row.startedAt === null) {
    return {
      text: says(row.startAttempts > 0 ? 'startAgain' : 'start', { count: row.startAttempts }),
      held: true,
      since,
    };
  }
  const outside = `staff:workflows.waitsFor.${kind}.${stage}`;
  if (hasPhrase(language, outside))
    return { text: phrase(language, outside), held: stage !== 'preparing', since: stepSince ?? since };
  if (step && hasPhrase(language, `steps:step.${step}`)) {
    return { text: says('step', { step: phrase(language, `steps:step.${step}`) }), held: false, since: stepSince };
  }
  return { text: says('itself'), held: false };
}

/** A letter to staff that a task waits for them is about no account of theirs. */
function nameOfKind(language: Language, { kind, letterKind }: WorkflowRow): string {
  const own = `staff:workflows.letter.${letterKind}`;
  return phrase(language, letterKind && hasPhrase(language, own) ? own : `staff:workflows.kind.${kind}`);
}

function nameOfSubject(language: Language, { subject, subjectType }: WorkflowRow): string {
  if (subject === null) return phrase(language, `staff:workflows.nameless.${subjectType}`);
  if (subjectType === 'collection_batch') return phrase(language, `payments:batch.title.${subject}`);
  return subjectType === 'stop' ? phrase(language, `stops:kind.${subject}`) : subject;
}

function addressOfSubject({ workflowId, orderNumber, userId, subjectType }: WorkflowRow): string | null {
  if (subjectType === 'collection_batch') return `/staff/payment-batches/${workflowId.split(':')[1]}`;
  if (subjectType === 'stop') return '/staff/stops';
  if (orderNumber) return `/staff/orders/${orderNumber}`;
  return userId && `/staff/users/${userId}`;
}

function addressOf(kind: WorkflowKind | undefined, wish: WorkflowsWish): string {
  const query = new URLSearchParams(kind ? { kind } : {});
  if (wish.query) query.set('q', wish.query);
  if (wish.filter && wish.filter !== 'running') query.set('show', wish.filter);
  return query.size > 0 ? `/staff/workflows?${query}` : '/staff/workflows';
}
