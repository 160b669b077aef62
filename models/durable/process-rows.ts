import type { Knex } from 'knex';
import { knownProcesses, type WorkflowKind } from './workflow-row.js';

/** Where the row stands that a process is about, by the first word of its id. */
const tables: Readonly<Record<string, string>> = {
  order: 'orders',
  'invoice-payment': 'invoices',
  'server-provisioning': 'services',
  'service-cancellation': 'service_cancellations',
  'power-command': 'power_commands',
  'refund-return': 'refunds',
  dispute: 'disputes',
  'account-letter': 'account_letters',
  'password-reset': 'password_resets',
  'stop-release': 'emergency_stops',
  'collection-batch': 'collection_batches',
};

/** A process of which its row says that it goes on. */
export interface UnfinishedRow {
  readonly workflowId: string;
  readonly kind: WorkflowKind;
  readonly subject: string | null;
  readonly stage: string;
  /** What it was promised with; nothing where an order started it, which is over. */
  readonly input: object | null;
}

/**
 * Begun by their rows' word, and not over. What an order started stands under its order, as long as that goes on; what was
 * accepted and not started yet is the reconciling schedule's.
 */
export async function unfinishedRows(knex: Knex): Promise<UnfinishedRow[]> {
  const { rows } = await knex.raw<{ rows: UnfinishedRow[] }>(
    `SELECT k.workflow_id AS "workflowId", k.kind, k.subject, k.stage, s.input
     FROM (${knownProcesses}) k LEFT JOIN process_starts s ON s.workflow_id = k.workflow_id
     WHERE NOT k.is_over AND k.started_at IS NOT NULL AND (s.workflow_id IS NOT NULL
       OR NOT EXISTS (SELECT FROM orders o WHERE o.number = k.order_number AND o.closed_at IS NULL))
     ORDER BY k.since`,
  );
  return rows;
}

/** How the rows stand that these processes are about; a kind that is not known here is left out. */
export async function standingOf(
  knex: Knex,
  workflowIds: readonly string[],
): Promise<ReadonlyMap<string, 'missing' | 'closed' | 'going on'>> {
  const standing = new Map<string, 'missing' | 'closed' | 'going on'>();
  for (const [process, table] of Object.entries(tables)) {
    const own = workflowIds.filter((id) => id.startsWith(`${process}:`));
    const there = new Set(await idsIn(knex, table, own.map(rowOf)));
    for (const id of own) standing.set(id, there.has(rowOf(id)) ? 'going on' : 'missing');
  }
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    `SELECT workflow_id AS id FROM (${knownProcesses}) k WHERE k.is_over AND k.workflow_id = ANY(?) AND NOT (${paidBackLater})`,
    [[...standing.keys()]],
  );
  for (const { id } of rows) standing.set(id, 'closed');
  return standing;
}

/** An order that is over may look after its refund for days. */
const paidBackLater = `k.kind = 'order' AND EXISTS (SELECT FROM refunds r JOIN payments p ON p.id = r.payment_id
  JOIN invoices i ON i.id = p.invoice_id WHERE i.order_id = k.row_id AND r.status = 'pending')`;

const rowOf = (workflowId: string) => workflowId.split(':')[1] ?? '';

async function idsIn(knex: Knex, table: string, ids: readonly string[]): Promise<string[]> {
  return ids.length === 0 ? [] : knex(table).whereIn('id', ids).pluck('id');
}
