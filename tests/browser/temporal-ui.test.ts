import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Browser, chromium as engine, type Page } from 'playwright-core';
import sinon from 'sinon';
import * as assert from 'uvu/assert';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createCancellationActivities } from '../../activities/services/cancellations.js';
import { createMachineReturnActivities } from '../../activities/services/machine-return.js';
import { workflowAddress } from '../../api/presenters/staff/temporal-ui.js';
import { createProcesses } from '../../gateways/processes.js';
import { createCodec } from '../../temporal-config/codec.js';
import { dataConverter } from '../../temporal-config/connection.js';
import { readablePayloads } from '../../temporal-config/readable-payloads.js';
import { activitySummaries } from '../../workflows/durable/activity-summaries.js';
import { serviceCancellation } from '../../workflows/messages/service-cancellation.js';
import { testApp } from '../support/app.js';
import { freePort } from '../support/cluster.js';
import { openDatabase } from '../support/database.js';
import { aWindow } from '../support/looking.js';
import { Mailbox } from '../support/mailbox.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { developmentCluster, workOnAllQueues } from '../support/temporal.js';
import { type Visitor, visit } from '../support/visitor.js';

const { path: executablePath, missing } = chromium();
const ui = suiteUnless(missing, '[WFL-08] a workflow in the Temporal UI');
const secretsKey = Buffer.alloc(32, 9);
const secret = 'a-long-secret-in-the-address-of-it';
const cancellationId = '7f9c2ba4-e88f-4f7e-b8d4-1f1f52c6a001';
const deps = { mailer: new Mailbox(), shopUrl: '', linkKey: '' };
const activities = sinon.stub({
  ...createCancellationActivities(deps),
  ...createMachineReturnActivities(),
  ...createStaffTaskActivities(),
});
let database: { close: () => Promise<void> };
let shop: Visitor;
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let browser: Browser;
let page: Page;
let uiOrigin: string;

ui.before(async () => {
  database = await openDatabase();
  const uiPort = await freePort();
  uiOrigin = `http://127.0.0.1:${uiPort}`;
  const open = (body: unknown) => readablePayloads(createCodec(secretsKey), body);
  shop = await visit(testApp({ codec: { secret, uiOrigin, open } }));
  const converter = dataConverter(secretsKey);
  const codecEndpoint = `${shop.origin}/codec/${secret}`;
  cluster = await developmentCluster({ dataConverter: converter, uiPort, codecEndpoint });
  workers = await workOnAllQueues(cluster, activities, undefined, converter);
  const labels = { service: 'web-3', customer: 'C-002417', order: 'NQ-10497' };
  activities.sendConfirmationLink.resolves({ delivered: true, labels });
  await createProcesses(cluster.client).start(serviceCancellation, { cancellationId });
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  page = await (await aWindow(browser)).newPage();
});
ui.after(async () => {
  await browser?.close();
  await workers?.stop();
  await cluster?.teardown();
  await shop?.leave();
  await database?.close();
});

/** The page draws itself bit by bit; what it shows in the end counts. */
async function shows(text: string): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: 30_000 });
}

ui('opens from the address that our pages link, with its input in clear text and nothing pasted', async () => {
  const workflowId = serviceCancellation.workflowId({ cancellationId });
  await page.goto(workflowAddress({ url: uiOrigin, namespace: 'default' }, workflowId) ?? '');
  await shows(cancellationId);
  await shows('"cancellationId"');
});

ui('says what each activity, each timer and the run itself is for', async () => {
  await shows(activitySummaries.sendConfirmationLink);
  await shows('until the link is void');
  await page.getByText('User Metadata').first().click();
  const summary = page.frameLocator('#user-metadata-summary');
  await summary.getByText(serviceCancellation.summary).waitFor({ timeout: 30_000 });
});

ui('shows the numbers that people read', async () => {
  await page.goto(`${uiOrigin}/namespaces/default/workflows?query=${encodeURIComponent('OrderNumber="NQ-10497"')}`);
  await shows(serviceCancellation.workflowId({ cancellationId }));
});

ui('is sealed in the cluster itself', async () => {
  const handle = cluster.client.workflow.getHandle(serviceCancellation.workflowId({ cancellationId }));
  const { events } = await handle.fetchHistory();
  const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  assert.not.match(Buffer.from(input ?? []).toString('latin1'), cancellationId);
});

ui.run();
