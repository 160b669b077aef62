import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StaffTask } from '../../models/durable/staff-task.js';
import type { Service } from '../../models/services/service.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { aService, aStaffMember } from '../support/builders.js';
import { until } from '../support/hardware.js';
import { openShop, type Shop } from '../support/shop.js';
import type { Visitor } from '../support/visitor.js';

const decisions = suite('[STF-07] what staff decide, day by day');
let shop: Shop;
let staff: Visitor;

decisions.before(async () => {
  shop = await openShop();
  staff = await shop.visitorAs(await aStaffMember({ name: 'Oksana Kovalenko', role: 'data_centre' }));
});
decisions.before.each(async () => {
  await shop.nextMorning();
  shop.mailbox.letters.length = 0;
});
decisions.after(async () => {
  await shop.close();
});

/** Its customer has confirmed that it ends, and its machine does not listen. */
async function aServiceThatCannotEnd(away: 'suspendService' | 'releaseHoldings'): Promise<Service> {
  const service = await aService(shop.customer, { anchoredOn: shop.today(), freeFromOn: shop.today() });
  shop.breakDown(away);
  await shop.visitor.post(`/services/${service.slug}/cancellation`, { wish: 'now', reason: '' });
  await shop.pass('1 hours');
  const [, link = ''] = shop.mailbox.letters[0]?.text.match(/https:\/\/shop\.example(\/\S+\/confirmation)/) ?? [];
  await shop.visitor.post(link, {});
  await shop.pass('3 hours');
  await until(async () => (await StaffTask.query().modify('open').resultSize()) > 0, 30_000);
  return service;
}

async function taskAbout({ name }: Service): Promise<string> {
  const { body } = await staff.get(`/staff/tasks?q=${name}`);
  return body.match(/\/staff\/tasks\/[0-9a-f-]{36}/)?.[0] ?? '';
}

async function statusOf({ id: serviceId }: Service) {
  return (await ServiceCancellation.query().findOne({ serviceId }).throwIfNotFound()).status;
}

decisions('a step that must be done is not skipped, and is done when staff has it tried again', async () => {
  const service = await aServiceThatCannotEnd('suspendService'); // tried for two hours, then staff is called
  const task = await taskAbout(service);
  assert.match((await staff.get('/staff')).body, `${service.name} could not be switched off`);
  assert.match((await staff.get('/staff/workflows?show=waiting')).body, `a decision: ${service.name} could not be`);

  const skipped = await staff.post(`${task}/answer`, { answer: 'skip', note: 'we are in a hurry' });
  assert.is(skipped.status, 409);
  assert.match(skipped.body, 'This step must be done');
  assert.is(await statusOf(service), 'ending');

  shop.mend('suspendService');
  const retried = await staff.post(`${task}/answer`, { answer: 'retry', note: 'the cable was loose' });
  assert.equal([retried.status, retried.location], [303, task]);
  assert.match((await staff.get(task)).body, 'Oksana Kovalenko had it tried again.');
  assert.is((await staff.post(`${task}/answer`, { answer: 'retry', note: 'once more' })).status, 409);
  await shop.pass('1 hours');
  assert.is(await statusOf(service), 'ended');

  const auditor = await shop.visitorAs(await aStaffMember({ role: 'read_only' }));
  const { body } = await auditor.get(`/staff/audit?action=staff_task&q=${service.name}`);
  assert.match(body, 'the cable was loose');
  assert.not.match(body, 'we are in a hurry');
});

decisions('of two answers at once one is taken', async () => {
  const service = await aServiceThatCannotEnd('releaseHoldings');
  const task = await taskAbout(service);
  const answers = ['skip', 'skip', 'skip'].map((answer) => staff.post(`${task}/answer`, { answer, note: 'by hand' }));
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  assert.equal(statuses.sort(), [303, 409, 409]);
  shop.mend('releaseHoldings');
  await shop.pass('1 hours');
  assert.is(await statusOf(service), 'ended');
});

decisions.run();
