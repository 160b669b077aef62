import { StaffMember } from '../../../../models/accounts/staff-member.js';
import { EmergencyStop } from '../../../../models/durable/emergency-stop.js';
import { HeldStep } from '../../../../models/durable/held-step.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, kill, PATIENCE_MS, payUntilPaid } from './ground.js';

async function byStaff() {
  const staff = await StaffMember.query().findOne({ role: 'administrator' }).throwIfNotFound();
  return { staff, address: '192.0.2.9', at: new Date() };
}

/** An order waits at the stop of installations; the worker and then the cluster are killed meanwhile. */
const atTheStop: Cell<LaunchedShop> = {
  process: 'serverProvisioning',
  step: 'it waits at an emergency stop',
  fault: 'kill -9 of worker, then of Temporal, then the stop is lifted',
  groups: ['F1', 'F2', 'F17'],
  features: ['SVC-10', 'WFL-01', 'WFL-06'],
  async run(shop) {
    await EmergencyStop.set('installations', 'machines come up wrong', await byStaff());
    const { browser, order, invoice } = await shop.orderUnpaid('stopped.example');
    await payUntilPaid(shop, browser, invoice);
    await until(async () => (await HeldStep.query().resultSize()) > 0, PATIENCE_MS);
    const before = await HeldStep.query();
    await kill(shop, 'worker');
    await kill(shop, 'Temporal');
    await until(async () => (await shop.runs.last(`order:${order.id}`))?.state === 'open', PATIENCE_MS);
    const during = await HeldStep.query();
    if (during.length !== before.length) throw new Error(`${before.length} waited, then ${during.length}`);
    const stop = await EmergencyStop.query().modify('standing').first().throwIfNotFound();
    await stop.lift(await byStaff());
    await shop.untilStatus(order, 'active', PATIENCE_MS);
    await insistOnOnePayment(invoice);
    await until(async () => (await HeldStep.query().resultSize()) === 0, PATIENCE_MS);
    return 'waited on, went on once it was lifted, delivered, charged once';
  },
};

export const stop = block({ name: 'processes die at an emergency stop', ...ground, cells: [atTheStop] });
