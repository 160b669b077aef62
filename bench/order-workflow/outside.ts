import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import type { WorkflowClient } from '@temporalio/client';
import { createActivities } from '../../activities/index.js';
import { payInvoice } from '../../workflows/messages/invoice-payment.js';
import { installerStarted, osInstalled, serverBooted } from '../../workflows/messages/server-provisioning.js';

type Answer = (input: { readonly event?: string; readonly installationId: string }) => unknown;

const labels = { order: 'NQ-1', invoice: 'NQ-2026-000001', customer: 'C-000001', service: 'web-1' };
const charged = { state: 'succeeded', chargeId: 'ch_1', amount: { amountMinor: 26_040, currency: 'EUR' } };

/** All activities, doing nothing: a customer who pays at once, a bank that says yes, a machine that does what it is told. */
export function fakedOutside(client: WorkflowClient) {
  const installations = new Map<string, string>();
  const paying: Promise<unknown>[] = [];
  let asked = 0;
  const process = () => client.getHandle(activityInfo().workflowExecution?.workflowId ?? '');
  const fit = async () => ({ fit: true });

  /** What an installer says of the machine that it runs on. */
  const said = (fact: typeof installerStarted) => async () => {
    const handle = process();
    await handle.signal(fact, { installationId: installations.get(handle.workflowId) ?? '' });
    return { fit: true };
  };

  const answers: Readonly<Record<string, Answer>> = {
    beginOrder: () => {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      return { invoiceId: randomUUID(), serviceId: randomUUID(), expiresAt, labels };
    },
    beginCollection: () => {
      paying.push(process().executeUpdate(payInvoice, { args: [{ paymentMethodId: 'pm_1' }] }));
      return { status: 'open', failed: null, labels, attempt: undefined };
    },
    openAttempt: () => 'opened',
    createCharge: () => ({ state: 'unconfirmed' }),
    confirmCharge: () => charged,
    recordOutcome: () => ({ status: 'paid', failed: null }),
    beginProvisioning: () => ({ labels }),
    reserveServer: () => ({ serverId: randomUUID() }),
    prepareInstallation: ({ installationId }) => void installations.set(process().workflowId, installationId),
    ...{ checkMachine: fit, powerOff: fit, setNetworkBoot: fit },
    ...{ powerOn: said(installerStarted), setDiskBoot: said(serverBooted) },
    tellProgress: ({ event }) => (event === 'server.installing' ? said(osInstalled)() : undefined),
    verifyServer: () => 'right',
    sendWelcome: () => ({ delivered: true }),
  };
  const names = Object.keys(createActivities({ now: () => new Date() } as never));
  const activities = Object.fromEntries(
    names.map((name) => [
      name,
      async (input: Parameters<Answer>[0]) => {
        asked++;
        return answers[name]?.(input);
      },
    ]),
  );
  return { activities, asked: () => asked, paid: () => Promise.all(paying.splice(0)) };
}
