import { MockActivityEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused } from '../../gateways/processes.js';
import { EmergencyStop } from '../../models/durable/emergency-stop.js';
import { HeldStep } from '../../models/durable/held-step.js';
import { aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { stubbedProcesses } from '../../tests/support/stubbed-processes.js';
import { stopLifted } from '../../workflows/messages/stops.js';
import { createStopActivities } from './stops.js';

const releasing = suite('[WFL-06] the release of a stop');
const processes = stubbedProcesses();
const { tellLifted } = createStopActivities({ processes, now: () => new Date() });
const at = new Date('2027-03-11T10:00:00Z');
let database: { close: () => Promise<void> };
let stopId: string;

releasing.before(async () => {
  database = await openDatabase();
});
releasing.before.each(async () => {
  processes.signal.reset();
  await HeldStep.query().delete();
  await EmergencyStop.query().delete();
  const row = { kind: 'mails', reason: 'twice', setByStaffId: (await aStaffMember()).id, setAt: at } as const;
  stopId = (await EmergencyStop.query().insertAndFetch(row)).id;
});
releasing.after(async () => {
  await database.close();
});

/** So many letters, each of its own process, the last one laid down first. */
async function held(count: number, askedFor = 'x'): Promise<void> {
  for (let number = 0; number < count; number++) {
    const since = new Date(at.getTime() - number * 1_000);
    const act = { workflowId: `account-letter:${number}`, activity: 'sendAccountLetter', askedFor };
    await HeldStep.query().insert({ ...act, stopId, stops: ['all', 'mails'], deed: 'letter', since });
  }
}

const tell = () => new MockActivityEnvironment().run(() => tellLifted(stopId));
const toldTo = () => processes.signal.args.map(([address, subject]) => address.workflowId(subject as never));

releasing('tells fifty at once, those that wait longest first, and says how many are left', async () => {
  await held(60);
  assert.equal(await tell(), { left: 10 });
  assert.is(toldTo()[0], 'account-letter:59');
  assert.is(toldTo().length, 50);
  assert.equal(await tell(), { left: 0 });
  assert.is(new Set(toldTo()).size, 60);
  sinon.assert.alwaysCalledWith(processes.signal, sinon.match.any, sinon.match.any, stopLifted, { stopId });
});

releasing('tells a process once, whatever of it waits', async () => {
  await held(1);
  await held(1, 'y');
  assert.equal(await tell(), { left: 0 });
  assert.equal(toldTo(), ['account-letter:0']);
});

releasing('forgets what a process left that is over', async () => {
  await held(1);
  processes.signal.rejects(new ProcessRefused('no such process is running'));
  assert.equal(await tell(), { left: 0 });
  assert.is(await HeldStep.query().resultSize(), 0);
});

releasing('fails while the cluster is away, and tells them at its next attempt', async () => {
  await held(2);
  processes.signal.rejects(new ProcessesUnavailable('away'));
  assert.instance(await failureOf(tell()), ProcessesUnavailable);
  processes.signal.reset();
  assert.equal(await tell(), { left: 0 });
  assert.is(toldTo().length, 2);
});

releasing.run();
