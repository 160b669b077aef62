import { phrase } from '../../../locales/phrases.js';
import type { EmergencyStop } from '../../../models/durable/emergency-stop.js';
import type { HeldGroup, HeldRow } from '../../../models/durable/stop-board.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { presentGroup, told } from './stops.js';

export interface StopInput {
  readonly stop: EmergencyStop;
  readonly groups: readonly HeldGroup[];
  readonly rows: readonly HeldRow[];
  readonly mayLift: boolean;
}

/** One stop with what starts at once when it is lifted, before anybody lifts it. */
export function presentStop(reader: Reader, { stop, groups, rows, mayLift }: StopInput) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `stops:release.${key}`, values);
  const count = (of: readonly HeldGroup[]) => of.reduce((sum, each) => sum + each.count, 0);
  const starting = groups.filter(({ stays }) => !stays);
  const staying = count(groups.filter(({ stays }) => stays));
  return {
    ...told(reader, stop),
    title: phrase(language, `stops:standing.${stop.kind}`),
    crumbs: [{ label: phrase(language, 'stops:page.title'), address: '/staff/stops' }],
    pill: pill(language, 'stop', stop.liftedAt ? 'lifted' : 'standing'),
    covers: phrase(language, `stops:covers.${stop.kind}`),
    lifted: stop.liftedAt && says('wasLifted', { who: stop.liftedBy?.name ?? '–' }),
    liftedAt: stop.liftedAt && moment(reader, stop.liftedAt),
    standing: stop.liftedAt === null,
    kpis: starting.map((group) => presentGroup(reader, group)),
    nothing: starting.length === 0,
    staying: staying > 0 ? says('staying', { count: staying }) : undefined,
    mayLift: mayLift && stop.liftedAt === null,
    notYours: !mayLift && stop.liftedAt === null,
    submit: starting.length > 0 ? says('submit', { count: count(starting) }) : says('submitNone'),
    rows: rows.map((row) => presentRow(reader, row)),
    more: count(groups) > rows.length ? says('more', { count: count(groups) - rows.length }) : undefined,
  };
}

function presentRow(reader: Reader, { deed, subjectType, subject, customer, customerNumber, since }: HeldRow) {
  const addresses: Readonly<Record<string, string>> = { order: '/staff/orders', invoice: '/staff/invoices' };
  const address = subjectType && addresses[subjectType];
  return {
    subject: subject ?? phrase(reader.language, 'stops:account'),
    address: address ? `${address}/${subject}` : undefined,
    deed: phrase(reader.language, `stops:one.${deed}`),
    customer: customer ?? '–',
    customerAddress: customerNumber && `/staff/customers/${customerNumber}`,
    since: moment(reader, since),
  };
}
