import { MockActivityEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import type { StaffAct } from '../../models/accounts/staff-act.js';
import { AutomationPulse } from '../../models/durable/automation-pulse.js';
import { EmergencyStop } from '../../models/durable/emergency-stop.js';
import { HeldStep } from '../../models/durable/held-step.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import type { Service } from '../../models/services/service.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import type { StopKind } from '../../rules/durable/stops.js';
import { aCustomer, aService, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { stubbedProcesses } from '../../tests/support/stubbed-processes.js';
import { actingOutside } from './acting-outside.js';
import { underStops } from './held-acts.js';
import { createStopActivities } from './stops.js';

const acts = suite('[WFL-06] an activity that asks the stop');
const at = new Date('2027-03-11T10:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const real = { powerOn: sinon.stub(), confirmCharge: sinon.stub(), openAttempt: sinon.stub(), handOver: sinon.stub() };
let clock = at;
const guarded = underStops(real, actingOutside, () => clock);
const stops = createStopActivities({ processes: stubbedProcesses(), now: () => clock });
let database: { close: () => Promise<void> };
let service: Service;
let workflowId: string;
let act: StaffAct;

acts.before(async () => {
  database = await openDatabase();
  act = { staff: await aStaffMember(), address: '192.0.2.9', at };
});
acts.before.each(async () => {
  for (const each of Object.values(real)) each.reset();
  for (const each of Object.values(real)) each.resolves('done');
  await HeldStep.query().delete();
  await EmergencyStop.query().delete();
  await AutomationPulse.query().delete();
  service = await aService(await aCustomer());
  workflowId = `server-provisioning:${service.id}`;
  clock = at;
});
acts.after(async () => {
  await database.close();
});

/** As its process asks for it. */
function ask(name: keyof typeof real, input: unknown = 'x', attempt = 1, when = at): Promise<unknown> {
  const info = { attempt, scheduledTimestampMs: when.getTime(), workflowExecution: { workflowId, runId: 'r' } };
  return new MockActivityEnvironment(info).run(() => guarded[name](input));
}

async function stop(kind: StopKind): Promise<EmergencyStop> {
  assert.ok(await EmergencyStop.set(kind, 'wrong amounts', act));
  return EmergencyStop.query().modify('standing').findOne({ kind }).throwIfNotFound();
}

const waiting = () => HeldStep.query().orderBy('activity');
const told = async () => {
  const story = TimelineEntry.query().modify('about', 'service', service.id).orderBy('id');
  return (await story).map(({ event }) => event);
};

acts('acts while nothing is stopped, or what is stopped is another thing', async () => {
  await stop('charges');
  assert.is(await ask('powerOn'), 'done');
  assert.equal(await waiting(), []);
  assert.equal(await told(), []);
});

acts('does nothing while it is stopped; the customer reads so once, and the step waits', async () => {
  await ProcessStep.begin('serverProvisioning', service.id, 'boot', at);
  const { id: stopId } = await stop('installations');
  const held = { heldAtStop: { stopId, kind: 'installations', since: later(1).toISOString() } };
  assert.equal(await ask('powerOn', 'x', 1, later(1)), held);
  assert.equal(await ask('powerOn', 'x', 1, later(9)), held);
  sinon.assert.notCalled(real.powerOn);
  const [row] = await waiting();
  assert.equal(
    [row?.workflowId, row?.deed, row?.subjectType, row?.subject, row?.customerId],
    [workflowId, 'installation', 'service', service.name, service.customerId],
  );
  assert.equal(await told(), ['held.installation']);
  const step = () => ProcessStep.query().findOne({ subjectId: service.id }).throwIfNotFound();
  assert.equal([(await step()).status, (await step()).heldAt], ['held', later(1)]);
});

acts('acts once it is lifted; what it waited counts for no usual time', async () => {
  await ProcessStep.begin('serverProvisioning', service.id, 'boot', at);
  const set = await stop('power');
  await ask('powerOn', 'x', 1, later(1));
  assert.ok(await set.lift(act));
  assert.is(await ask('powerOn', 'x', 1, later(61)), 'done');
  sinon.assert.calledOnce(real.powerOn);
  assert.equal(await waiting(), []);
  assert.equal(await told(), ['held.installation', 'resumed.installation']);
  const { status, startedAt } = await ProcessStep.query().findOne({ subjectId: service.id }).throwIfNotFound();
  assert.equal([status, startedAt], ['running', later(60)]);
});

acts('stays at the stop that still stands when one of two is lifted', async () => {
  const everything = await stop('all');
  const power = await stop('power');
  await ask('powerOn');
  await everything.lift(act);
  assert.ok(await ask('powerOn').then((result) => result !== 'done'));
  assert.equal(
    (await waiting()).map(({ stopId }) => stopId),
    [power.id],
  );
});

acts('is not broken off by money under way: its second attempt finishes; a machine tried again waits', async () => {
  await stop('all');
  assert.is(await ask('confirmCharge', 'a1', 2), 'done');
  assert.is.not(await ask('confirmCharge', 'a1', 1), 'done');
  assert.is.not(await ask('powerOn', 'x', 2), 'done');
});

acts('that only writes rows is never held', async () => {
  await stop('all');
  assert.is(await ask('handOver'), 'done');
});

acts('tells two acts of one process apart by what they were asked for', async () => {
  await stop('power');
  await ask('powerOn', 'one');
  await ask('powerOn', 'other');
  await ask('powerOn', 'one');
  assert.is((await waiting()).length, 2);
});

acts('holds what the calendar started before the first beat after a sleep, and says since when', async () => {
  await AutomationPulse.beat(at);
  clock = later(7 * 60);
  const bySchedule = { invoiceId: 'i1', attemptId: 'a1', onSession: false };
  const result = (await ask('openAttempt', bySchedule, 1, clock)) as { heldAtStop: { kind: string } };
  assert.is(result.heldAtStop.kind, 'dunning');
  assert.is(await ask('openAttempt', { ...bySchedule, onSession: true }, 1, clock), 'done');
  assert.is(await ask('powerOn', 'x', 1, clock), 'done');
  const { cause, reason } = await EmergencyStop.query().modify('standing').first().throwIfNotFound();
  assert.equal(cause, { noticed: 'slept', from: at.toISOString(), to: clock.toISOString() });
  assert.is(reason, null);
  const { actorKind } = await AuditEntry.query().modify('newestFirst').first().throwIfNotFound();
  assert.is(actorKind, 'process');
});

acts('goes on after a person agreed, without stopping again for the same sleep', async () => {
  await AutomationPulse.beat(at);
  clock = later(7 * 60);
  await new MockActivityEnvironment().run(stops.notePulse);
  const set = await EmergencyStop.query().modify('standing').first().throwIfNotFound();
  await set.lift(act);
  clock = later(7 * 60 + 1);
  assert.is(await ask('openAttempt', { onSession: false }, 1, clock), 'done');
});

acts('holds itself when the clock goes back, once', async () => {
  await AutomationPulse.beat(at);
  clock = later(-60);
  for (let beats = 0; beats < 3; beats++) await new MockActivityEnvironment().run(stops.notePulse);
  const standing = await EmergencyStop.query().modify('standing');
  assert.equal(
    standing.map(({ kind, cause }) => [kind, cause?.noticed]),
    [['dunning', 'went_back']],
  );
});

acts('beats through a restart of some minutes and two clocks that differ a little', async () => {
  for (const minutes of [0, 1, 60, 59, 300]) {
    clock = later(minutes);
    await new MockActivityEnvironment().run(stops.notePulse);
  }
  assert.equal(await EmergencyStop.query().modify('standing'), []);
  assert.equal((await AutomationPulse.query().first())?.beatAt, later(300));
});

acts('leaves nothing between a stop that is being lifted and the rows that its release tells', async () => {
  const set = await stop('power');
  const results = await Promise.all(
    [...Array(10).keys()].map((number) => ask('powerOn', `m${number}`)).concat(set.lift(act) as never),
  );
  const held = results.filter((result) => typeof result === 'object');
  assert.is((await waiting()).length, held.length);
  const told = await new MockActivityEnvironment().run(() => stops.tellLifted(set.id));
  assert.equal(told, { left: 0 });
  assert.ok((await waiting()).every(({ toldAt }) => toldAt !== null));
});

acts.run();
