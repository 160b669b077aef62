import type { Customer } from '../../models/accounts/customer.js';
import { failedPaymentsCounted } from '../../models/billing/failed-payment.js';
import { Invoice } from '../../models/billing/invoice.js';
import { type StandingStop, standingStops } from '../../models/durable/stop-board.js';
import { askPrepared } from '../../models/prepared.js';
import { type Counts, presentFrame } from '../presenters/frame.js';
import { presentStops } from '../presenters/staff/stop-words.js';

/** Everything around a page, from what is known of its reader. Plain pages have no columns, so nothing is counted. */
export async function frameAround(locals: Express.Locals, plain: boolean) {
  const { language, path, brand, user, membership, customer, memberships, staff } = locals;
  const { stops, ...counts } = plain ? { stops: [] } : await countsFor(locals);
  const customers = memberships?.map((held) => held.customer);
  return {
    ...presentFrame({ language, path, brand, counts, user, role: membership?.role, customer, customers, staff }),
    stops: isOfStops(path) ? [] : presentStops(locals.reader, stops ?? []),
  };
}

/** Those pages tell of every stop themselves. */
function isOfStops(path: string): boolean {
  return /^\/staff\/stops(?:[/?]|$)/.test(path);
}

type Around = Counts & { readonly stops?: readonly StandingStop[] };

async function countsFor({ staff, customer }: Express.Locals): Promise<Around> {
  if (staff) return countsOfStaff();
  return customer ? countsOf(customer) : {};
}

/** All of it in one statement: it is asked on every page. */
async function countsOfStaff(): Promise<Around> {
  const sql = `SELECT (SELECT count(*) FROM staff_tasks WHERE answer IS NULL) AS "staffTasks",
                      (${failedPaymentsCounted}) AS "failedPayments", (${standingStops}) AS stops`;
  const [counted] = await askPrepared<Around>(Invoice.knex(), 'counts_of_staff', sql, []);
  return counted ?? {};
}

/** Both numbers in one statement. */
async function countsOf({ id }: Customer): Promise<Counts> {
  const sql = `SELECT (SELECT count(*) FROM invoices WHERE customer_id = ? AND status = 'open') AS invoices,
                      (SELECT count(*) FROM orders WHERE customer_id = ? AND closed_at IS NULL) AS orders`;
  const [counted] = await askPrepared<Counts>(Invoice.knex(), 'counts_of_customer', sql, [id, id]);
  return counted ?? {};
}
