import * as assert from 'uvu/assert';
import { AccountCredit } from '../../../../models/billing/account-credit.js';
import { countHoldings } from '../../../../models/services/holdings.js';
import { Service } from '../../../../models/services/service.js';
import type { ServiceCancellation } from '../../../../models/services/service-cancellation.js';
import { addDays, addMonths, dayAt, daysBetween } from '../../../../rules/calendar.js';
import { confirmCancellation, serviceCancellation } from '../../../../workflows/messages/service-cancellation.js';
import { aCancellation, aCustomer, aService } from '../../../support/builders.js';
import type { House } from '../house/house.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

interface Cancelled {
  readonly cancellation: ServiceCancellation;
  readonly service: Service;
  /** Of the month that is paid, what the days after today cost. */
  readonly unusedMinor: number;
}

const about = {
  process: 'serviceCancellation',
  features: ['WFL-04', 'WFL-06'],
  groups: ['F1', 'F13'],
  workflowId: ({ cancellation }: Cancelled) => serviceCancellation.workflowId({ cancellationId: cancellation.id }),
} as const;

const confirmed: Story<Cancelled> = {
  ...about,
  way: 'confirmed by the link, and ended at once',
  steps: [
    ...(['sendConfirmationLink', 'recordStatus', 'setEndDate', 'suspendService', 'releaseHoldings'] as const),
    ...(['creditUnusedDays', 'sendOutcome'] as const),
  ],
  forStaff: ['suspendService', 'releaseHoldings'],
  arrange: aCancelledService,
  async tell(house, { cancellation, service, unusedMinor }) {
    const subject = { cancellationId: cancellation.id };
    await house.start(serviceCancellation, subject);
    const [{ result, asked }] = await Promise.all([
      house.ended(serviceCancellation, subject),
      house.clock.during(() => confirm(house, { cancellation, service })),
    ]);
    assert.equal(result, { status: 'ended', told: true });
    assert.is((await Service.query().findById(service.id))?.status, 'ended');
    assert.is(await countHoldings(service.id, await house.clock.now()), 0);
    const credits = await AccountCredit.query().where({ serviceCancellationId: cancellation.id });
    assert.equal(
      credits.map(({ amountMinor }) => amountMinor),
      [unusedMinor],
    );
    assert.is(lettersTo(house, service).length, 2);
    return told('ended, credited once, and nothing held', asked);
  },
};

const laidBeforeStaff: Story<Cancelled> = {
  ...confirmed,
  features: ['STF-07', 'WFL-04'],
  way: 'the machine does not listen, and staff have it tried again',
  steps: ['openStaffTask', 'closeStaffTask'],
  forStaff: [],
  async arrange(house) {
    const cancelled = await aCancelledService(house);
    house.refuseOnce(about.workflowId(cancelled), 'suspendService');
    return cancelled;
  },
};

export const cancellationCells = [...[confirmed, laidBeforeStaff].flatMap(cellsOf), conflictCellOf(confirmed)];

/** Ten days into a month that cost 1.00 a day and is paid. */
async function aCancelledService(house: House): Promise<Cancelled> {
  const customer = await aCustomer();
  const now = await house.clock.now();
  const today = dayAt(now, customer.timeZone);
  const anchoredOn = addDays(today, -10);
  const paidUntilOn = addMonths(anchoredOn, 1);
  const priceMinor = daysBetween(anchoredOn, paidUntilOn) * 100;
  const service = await aService(customer, { anchoredOn, paidUntilOn, priceMinor, freeFromOn: anchoredOn });
  const cancellation = await aCancellation(service, { requestedOn: today, requestedAt: now });
  return { cancellation, service, unusedMinor: priceMinor - 10_00 };
}

async function confirm(house: House, { cancellation, service }: Omit<Cancelled, 'unusedMinor'>): Promise<void> {
  await house.clock.until('the link is in the mailbox', async () => lettersTo(house, service).length > 0);
  await house.processes.update(serviceCancellation, { cancellationId: cancellation.id }, confirmCancellation);
}

function lettersTo(house: House, { customer }: Service) {
  return house.mailbox.letters.filter(({ to }) => to === customer.email);
}
