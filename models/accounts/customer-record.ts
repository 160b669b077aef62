import { Invoice } from '../billing/invoice.js';
import { PaymentMethod } from '../billing/payment-method.js';
import { Order } from '../orders/order.js';
import { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Customer } from './customer.js';
import { type CustomerFigures, customerFigures } from './customer-search.js';
import { Membership } from './membership.js';

/** Of each kind as many as a person takes in; the rest is behind the lists. */
const SHOWN = { services: 25, orders: 8, invoices: 10, story: 15 } as const;
/** The story is put together from so many of the newest of each kind. */
const TOLD_ABOUT = 50;

export interface ServiceOfCustomer {
  readonly service: Service;
  readonly server: string | null;
  readonly addresses: readonly string[] | null;
}

export interface CustomerRecord {
  readonly customer: Customer;
  readonly figures: CustomerFigures;
  /** Account credit by currency. */
  readonly credits: readonly { readonly currency: string; readonly amountMinor: number }[];
  readonly people: readonly Membership[];
  readonly services: readonly ServiceOfCustomer[];
  readonly serviceCount: number;
  readonly orders: readonly Order[];
  /** Unpaid ones first. */
  readonly invoices: readonly Invoice[];
  readonly cards: readonly PaymentMethod[];
  readonly story: readonly TimelineEntry[];
}

/** A customer with all that staff ask about when one calls, in a number of statements that does not grow. */
export async function customerRecord(number: string, today: string): Promise<CustomerRecord> {
  const customer = await Customer.query()
    .findOne('customers.number', number)
    .withGraphJoined('brand')
    .throwIfNotFound();
  const [figures, people, services, orders, invoices, cards, story] = await Promise.all([
    figuresOf(customer, today),
    Membership.query().where({ customerId: customer.id }).withGraphJoined('user').orderBy('user.name'),
    servicesOf(customer),
    Order.query()
      .where({ customerId: customer.id })
      .withGraphFetched('lines')
      .orderBy('placedAt', 'desc')
      .limit(SHOWN.orders),
    Invoice.query()
      .modify('ownedBy', customer)
      .modify('issued')
      .orderByRaw(`status <> 'open', CASE WHEN status = 'open' THEN due_on END, issued_at DESC`)
      .limit(SHOWN.invoices),
    PaymentMethod.query().modify('ownedBy', customer).modify('usable'),
    storyOf(customer),
  ]);
  return { customer, ...figures, people, ...services, orders, invoices, cards, story };
}

async function figuresOf({ id }: Customer, today: string) {
  const knex = Customer.knex();
  const asked = knex.raw(
    `(SELECT o.since, s.running, s.monthly_minor, d.unpaid_minor, d.overdue_minor,
             (SELECT coalesce(json_agg(x), '[]') FROM (SELECT e.currency, -sum(e.amount_minor) AS "amountMinor"
                FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
                WHERE t.customer_id = c.id AND e.account = 'customer_credit' GROUP BY e.currency
                HAVING sum(e.amount_minor) <> 0 ORDER BY e.currency) x) AS credits
      FROM customers c ${customerFigures} WHERE c.id = :id) AS figures`,
    { id, today },
  );
  const [row] = await knex.select<(CustomerFigures & Pick<CustomerRecord, 'credits'>)[]>('*').from(asked);
  if (!row) throw new RangeError('the database counted nothing');
  const { credits, ...figures } = row;
  return { figures, credits };
}

/** Those that stand first, the newest before the older. */
async function servicesOf(customer: Customer) {
  const held = `FROM server_leases l JOIN servers s ON s.id = l.server_id WHERE l.service_id = services.id AND upper_inf(l.during)`;
  const had = `FROM address_assignments a WHERE a.service_id = services.id AND upper_inf(a.during)`;
  const rows = await Service.query()
    .modify('ownedBy', customer)
    .withGraphJoined('[subscription, orderLine]')
    .select(
      Service.raw(`(SELECT s.label ${held} LIMIT 1) AS server`),
      Service.raw(`(SELECT json_agg(abbrev(a.block) ORDER BY family(a.block), a.block) ${had}) AS addresses`),
      Service.raw('count(*) OVER () AS all_services'),
    )
    .orderByRaw(`services.status IN ('ended', 'abandoned'), services.created_at DESC`)
    .limit(SHOWN.services)
    .castTo<(Service & { server: string | null; addresses: string[] | null; allServices: number })[]>();
  const services = rows.map((service) => ({ service, server: service.server, addresses: service.addresses }));
  return { services, serviceCount: rows[0]?.allServices ?? 0 };
}

function storyOf({ id }: Customer): Promise<TimelineEntry[]> {
  const newest = (type: string, table: string, by: string) =>
    `(SELECT '${type}' AS type, id FROM ${table} WHERE customer_id = :id ORDER BY ${by} DESC NULLS LAST LIMIT ${TOLD_ABOUT})`;
  const subjects = TimelineEntry.raw(
    [
      newest('service', 'services', 'created_at'),
      newest('order', 'orders', 'placed_at'),
      newest('invoice', 'invoices', 'issued_at'),
    ].join(' UNION ALL '),
    { id },
  );
  return TimelineEntry.query()
    .joinRaw(
      'JOIN (?) AS about ON about.type = timeline_entries.subject_type AND about.id = timeline_entries.subject_id',
      [subjects],
    )
    .select('timeline_entries.*')
    .modify('newestFirst')
    .limit(SHOWN.story)
    .execute();
}
