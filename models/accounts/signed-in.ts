import { failedPaymentsCounted } from '../billing/failed-payment.js';
import { type StandingStop, standingStops } from '../durable/stop-board.js';
import { joined } from '../joined.js';
import { askPrepared } from '../prepared.js';
import { Customer } from './customer.js';
import { Membership } from './membership.js';
import type { PersonKey } from './person.js';
import { StaffMember } from './staff-member.js';
import { User } from './user.js';

/** How much waits for somebody: the numbers beside the sections of each page. */
export type Waiting = Readonly<Partial<Record<'orders' | 'invoices' | 'staffTasks' | 'failedPayments', number>>>;

/** What a session stands for: one of its user's memberships, with user and customer; or a member of the staff. */
export interface Holder {
  readonly membership?: Membership;
  readonly staff?: StaffMember;
  readonly waiting: Waiting;
  /** What stands stopped: told to the staff alone. */
  readonly stops?: readonly StandingStop[];
}

/** A session as it was kept; without holders where nobody has signed in by it, or who did is disabled. */
export interface SignedIn<Session> {
  readonly session: Session;
  readonly holders: readonly Holder[];
}

interface Row extends Record<string, unknown> {
  readonly session: unknown;
  readonly waiting: Waiting;
  readonly stops: readonly StandingStop[];
}

/** A statement that is put together once, and what its rows say. */
interface Question {
  readonly sql: string;
  holderOf(row: Row): Holder | undefined;
}

const questions: Readonly<Record<PersonKey['kind'], () => Promise<Question>>> = {
  user: once(questionOfUsers),
  staff: once(questionOfStaff),
};

/**
 * A session with who holds it; a user's memberships come by the customers' names. Every request begins with it, so it is
 * one statement, and it is asked anew each time: somebody disabled a moment ago is nobody now.
 */
export async function signedIn<Session>(kind: PersonKey['kind'], sid: string): Promise<SignedIn<Session> | undefined> {
  const { sql, holderOf } = await questions[kind]();
  const rows = await askPrepared<Row>(Membership.knex(), `signed_in_${kind}`, sql, [sid]);
  const [first] = rows;
  if (!first) return;
  return { session: first.session as Session, holders: rows.map(holderOf).filter((each) => each !== undefined) };
}

async function questionOfUsers(): Promise<Question> {
  const membership = await joined(Membership, 'membership');
  const user = await joined(User, 'user');
  const customer = await joined(Customer, 'customer');
  const sql = `SELECT sess AS session, ${membership.columns}, ${user.columns}, ${customer.columns}, json_build_object(
      'invoices', (SELECT count(*) FROM invoices WHERE customer_id = customer.id AND status = 'open'),
      'orders', (SELECT count(*) FROM orders WHERE customer_id = customer.id AND closed_at IS NULL)) AS waiting
    FROM sessions LEFT JOIN (memberships membership JOIN users "user" ON "user".id = membership.user_id
      JOIN customers customer ON customer.id = membership.customer_id)
      ON membership.user_id = (sess ->> 'personId')::uuid AND "user".disabled_at IS NULL
    WHERE sid = ? AND expire >= now() ORDER BY customer.name`;
  const heldBy = (row: Row) => Object.assign(membership.of(row), { user: user.of(row), customer: customer.of(row) });
  return { sql, holderOf: (row) => (row['user:id'] ? { membership: heldBy(row), waiting: row.waiting } : undefined) };
}

async function questionOfStaff(): Promise<Question> {
  const staff = await joined(StaffMember, 'staff');
  const sql = `SELECT sess AS session, ${staff.columns}, json_build_object(
      'staffTasks', (SELECT count(*) FROM staff_tasks WHERE answer IS NULL),
      'failedPayments', (${failedPaymentsCounted})) AS waiting, (${standingStops}) AS stops
    FROM staff_sessions LEFT JOIN staff_members staff
      ON staff.id = (sess ->> 'personId')::uuid AND staff.disabled_at IS NULL
    WHERE sid = ? AND expire >= now()`;
  return {
    sql,
    holderOf: (row) => (row['staff:id'] ? { staff: staff.of(row), waiting: row.waiting, stops: row.stops } : undefined),
  };
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make();
    made.catch(() => {
      made = undefined; // a database that was silent once is asked again
    });
    return made;
  };
}
