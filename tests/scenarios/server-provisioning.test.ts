import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStepActivities } from '../../activities/durable/steps.js';
import { createProvisioningActivities } from '../../activities/servers/index.js';
import { createProcesses } from '../../gateways/processes.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { Installation } from '../../models/servers/installation.js';
import { Server } from '../../models/servers/server.js';
import { countHoldings, releaseHoldings } from '../../models/services/holdings.js';
import { Service } from '../../models/services/service.js';
import { Subscription } from '../../models/services/subscription.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import { provisioningUnwanted, serverProvisioning } from '../../workflows/messages/server-provisioning.js';
import { openDatabase } from '../support/database.js';
import { until } from '../support/hardware.js';
import { timeSkippingCluster, workOnAllQueues } from '../support/temporal.js';
import { openWorkshop, type Workshop } from '../support/workshop.js';

const scenario = suite('[SVC-10] [WFL-03] a machine becomes a server');
let database: { close: () => Promise<void> };
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let workshop: Workshop;
let processes: ReturnType<typeof createProcesses>;

scenario.before(async () => {
  database = await openDatabase();
  cluster = await timeSkippingCluster();
  processes = createProcesses(cluster.client);
  workshop = await openWorkshop(processes);
  const rooms = [createProvisioningActivities(workshop.deps), createStepActivities(), createStaffTaskActivities()];
  workers = await workOnAllQueues(cluster, Object.assign({}, ...rooms));
});
scenario.after.each(async () => {
  for (const server of workshop.servers) {
    workshop.hardware.faults.clear(`r1-0${workshop.servers.indexOf(server) + 1}`);
  }
});
scenario.after(async () => {
  await workers.stop();
  await workshop.close();
  await cluster.teardown();
  await database.close();
});

async function story({ id }: Service) {
  const service = await Service.query().findById(id).throwIfNotFound();
  const entries = await TimelineEntry.query().modify('about', 'service', id).orderBy('id');
  const steps = await ProcessStep.query().modify('of', 'serverProvisioning', id);
  return {
    status: service.status,
    held: await countHoldings(id, new Date()),
    told: entries.map(({ event }) => event.replace('server.', '')),
    steps: steps.map(({ step, status }) => `${step} ${status}`),
  };
}

/** In real time: the machines take theirs, however fast the cluster's clock could go. */
async function provisioned(service: Service): Promise<void> {
  await processes.start(serverProvisioning, { serviceId: service.id });
  await until(
    async () => (await ProcessStep.query().findOne({ subjectId: service.id, step: 'welcome' }))?.status === 'done',
    60_000,
  );
}

async function machineOf({ id: serviceId }: Service): Promise<Server> {
  const { serverId } = await Installation.query()
    .where({ serviceId })
    .orderBy('createdAt', 'desc')
    .first()
    .throwIfNotFound();
  return Server.query().findById(serverId).throwIfNotFound();
}

scenario('from the lease to the letter, and its root password is shown once', async () => {
  const { service } = await workshop.anOrder();
  await provisioned(service);

  const done = ['reserve', 'network', 'boot', 'install', 'verify', 'welcome'].map((step) => `${step} done`);
  const told = [
    'reserved',
    'addresses_assigned',
    'port_opened',
    'started',
    'installing',
    'installed',
    'verified',
    'handed_over',
  ];
  assert.equal(await story(service), { status: 'active', held: 4, told, steps: done });
  const server = await machineOf(service);
  assert.is(server.status, 'in_service');
  const port = workshop.portOf(server);
  assert.equal([port?.alias, port?.pvid], [service.slug, 100]);
  const { priceMinor, periodMonths, autoRenew } = await Subscription.query()
    .findOne({ serviceId: service.id })
    .throwIfNotFound();
  assert.equal([priceMinor, periodMonths, autoRenew], [109_00, 1, true]);

  const letter = workshop.mailbox.letters.at(-1);
  assert.is(letter?.subject, `${service.slug} is ready`);
  const [, link = ''] = letter?.text.match(/https:\/\/shop\.example(\/servers\/login\/[\w-]+)/) ?? [];
  const opened = await workshop.visitor.get(link);
  assert.equal([opened.status, /Show the root password/.test(opened.body)], [200, true]);
  const { body } = await workshop.visitor.post(link, {});
  const [, password = ''] = body.match(/>((?:\w{5}-){3}\w{5})</) ?? [];
  assert.match(password, /^\w{5}-/);
  assert.not.match((await workshop.visitor.post(link, {})).body, password);
  assert.not.match(
    JSON.stringify(
      await cluster.client.workflow.getHandle(serverProvisioning.workflowId({ serviceId: service.id })).fetchHistory(),
    ),
    password,
  );
});

scenario('another machine takes the place of one whose service processor answers for a stranger', async () => {
  const { service } = await workshop.anOrder();
  const [first] = await Server.query()
    .whereExists(Server.relatedQuery('bmc'))
    .where({ status: 'ready' })
    .orderBy('label');
  const id = `r1-0${workshop.servers.findIndex((server) => server.id === first?.id) + 1}`;
  workshop.hardware.faults.set(id, { step: 'bmc', kind: 'wrong' });
  await provisioned(service);

  const failed = await Server.query()
    .findById(first?.id ?? '')
    .throwIfNotFound();
  assert.match(`${failed.status}: ${failed.statusReason}`, /^failed_provisioning: wrong_serial/);
  assert.is(workshop.portOf(failed)?.up, false);
  const { told, status } = await story(service);
  assert.is(status, 'active');
  assert.is(told.filter((event) => event === 'replaced').length, 1);
  assert.is(told.filter((event) => event === 'addresses_assigned').length, 1);
});

scenario(
  'none left in place of one that failed is a task for staff; the customer who has enough of waiting gets everything back',
  async () => {
    await Server.query().where({ status: 'failed_provisioning' }).patch({ status: 'quarantined' });
    const machine = workshop.servers[0];
    await machine?.$query().patch({ status: 'ready' });
    await Installation.query().delete();
    for (const { id } of await Service.query()) await releaseHoldings(id, new Date());
    const { service } = await workshop.anOrder();
    workshop.hardware.faults.set('r1-01', { step: 'bmc', kind: 'wrong' });
    await processes.start(serverProvisioning, { serviceId: service.id });
    await until(
      async () => (await StaffTask.query().modify('open').findOne({ step: 'reserveServer' })) !== undefined,
      30_000,
    );
    await processes.signal(serverProvisioning, { serviceId: service.id }, provisioningUnwanted);
    await until(async () => (await story(service)).told.includes('cancelled'), 30_000);
    const { held, steps } = await story(service);
    assert.is((await machine?.$query())?.status, 'failed_provisioning');
    assert.equal({ held, steps }, { held: 0, steps: ['network done', 'boot failed', 'reserve undone'] });
    assert.is(await StaffTask.query().modify('open').resultSize(), 0);
  },
);

scenario.run();
