import { Model } from 'objection';

/** Which rows a process and its relatives are about. */
export interface CaseIds {
  readonly orderId: string | null;
  readonly invoiceId: string | null;
  readonly serviceId: string | null;
}

/** Of what no process is about. */
export const noIds: CaseIds = { orderId: null, invoiceId: null, serviceId: null };

export const NOBODY = '00000000-0000-0000-0000-000000000000';

const ofOrder = `orders o LEFT JOIN order_lines l ON l.order_id = o.id LEFT JOIN services v ON v.order_line_id = l.id
  LEFT JOIN invoices i ON i.order_id = o.id`;
const ofService = `services v LEFT JOIN order_lines l ON l.id = v.order_line_id LEFT JOIN orders o ON o.id = l.order_id
  LEFT JOIN invoices i ON i.order_id = o.id`;
/** A renewal's invoice has no order. */
const ofInvoice = `invoices i LEFT JOIN orders o ON o.id = i.order_id LEFT JOIN order_lines l ON l.order_id = o.id
  LEFT JOIN services v ON v.order_line_id = l.id`;

/** What a workflow's id names, and where the rest is found from there. */
const named: Readonly<Record<string, string>> = {
  order: `${ofOrder} WHERE o.id = :id`,
  'invoice-payment': `${ofInvoice} WHERE i.id = :id`,
  dispute: `${ofInvoice} WHERE i.id = (SELECT a.invoice_id FROM disputes d JOIN payment_attempts a ON a.id = d.attempt_id
    WHERE d.id = :id)`,
  'refund-return': `${ofInvoice} WHERE i.id = (SELECT p.invoice_id FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE r.id = :id)`,
  'server-provisioning': `${ofService} WHERE v.id = :id`,
  'service-cancellation': `${ofService} WHERE v.id = (SELECT service_id FROM service_cancellations WHERE id = :id)`,
  'power-command': `${ofService} WHERE v.id = (SELECT service_id FROM power_commands WHERE id = :id)`,
};

/** Told from a workflow's id, `<process>:<uuid of the row>`. */
export async function idsOf(workflowId: string): Promise<CaseIds> {
  const [process = '', id = NOBODY] = workflowId.split(':');
  const from = named[process];
  if (!from) throw new RangeError(`nothing is known of the process ${workflowId}`);
  const knex = Model.knex();
  const found = knex.raw(`(SELECT o.id AS order_id, i.id AS invoice_id, v.id AS service_id FROM ${from}) AS found`, {
    id,
  });
  const [ids] = await knex.select<CaseIds[]>('*').from(found).limit(1);
  return ids ?? noIds;
}
