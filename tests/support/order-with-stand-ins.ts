import {
  ApplicationFailure,
  condition,
  defineSignal,
  getExternalWorkflowHandle,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { type InvoicePaymentResult, invoiceVoided } from '../../workflows/messages/invoice-payment.js';
import { installationBegun } from '../../workflows/messages/order.js';
import { provisioningUnwanted, type ServerProvisioningResult } from '../../workflows/messages/server-provisioning.js';

export { order } from '../../workflows/orders/order.js';

/** An invoice of such an id finds itself paid when its collecting is stopped. */
export const chargedMeanwhile = '-charged';

/** Told by the test: how the order's children end. */
export const bankSaidYes = defineSignal('bankSaidYes');
export const bankSaysYesWhenStopped = defineSignal('bankSaysYesWhenStopped');
export const installerBegins = defineSignal('installerBegins');
export const fail = defineSignal('fail');
export const endAs = defineSignal<[ServerProvisioningResult['outcome']]>('endAs');

/** Stands in for the collecting of an invoice: paid at the test's word, void at the order's. */
export async function invoicePayment(): Promise<InvoicePaymentResult> {
  let paid = false;
  let stopped = false;
  let yesWhenStopped = workflowInfo().workflowId.endsWith(chargedMeanwhile);
  setHandler(bankSaidYes, () => {
    paid = true;
  });
  setHandler(fail, () => {
    throw ApplicationFailure.nonRetryable('given up by staff');
  });
  setHandler(bankSaysYesWhenStopped, () => {
    yesWhenStopped = true;
  });
  setHandler(invoiceVoided, () => {
    stopped = true;
  });
  await condition(() => paid || stopped);
  return { status: paid || yesWhenStopped ? 'paid' : 'void' };
}

/** Stands in for the building of a server: ends at the test's word, or cancelled while the installer has not begun. */
export async function serverProvisioning(): Promise<ServerProvisioningResult> {
  let outcome: ServerProvisioningResult['outcome'] | undefined;
  let begun = false;
  let unwanted = false;
  setHandler(endAs, (as) => {
    outcome = as;
  });
  setHandler(installerBegins, () => {
    begun = true;
  });
  setHandler(fail, () => {
    throw ApplicationFailure.nonRetryable('ended by hand');
  });
  setHandler(provisioningUnwanted, () => {
    unwanted = !begun;
  });
  await condition(() => begun || unwanted || outcome !== undefined);
  if (unwanted) return { outcome: 'cancelled' };
  const parent = workflowInfo().parent?.workflowId ?? '';
  if (begun) await getExternalWorkflowHandle(parent).signal(installationBegun);
  await condition(() => outcome !== undefined);
  return { outcome: outcome ?? 'given_up' };
}
