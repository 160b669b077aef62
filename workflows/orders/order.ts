import { ApplicationFailure, allHandlersFinished, condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { RefundActivities } from '../../activities/billing/refunds.js';
import type { StepActivities } from '../../activities/durable/steps.js';
import type { OrderActivities } from '../../activities/orders/orders.js';
import { isOrderClosed } from '../../rules/orders/order-status.js';
import { payingBack } from '../billing/paying-back.js';
import { humanSteps } from '../durable/human-step.js';
import { label } from '../durable/labels.js';
import { postal, quick } from '../durable/patience.js';
import { InstallationBegun, OrderClosed } from '../messages/failures.js';
import { invoiceVoided } from '../messages/invoice-payment.js';
import {
  cancelOrder,
  installationBegun,
  type OrderInput,
  type OrderResult,
  type OrderStatus,
  orderStatus,
} from '../messages/order.js';
import { provisioningUnwanted, type ServerProvisioningResult } from '../messages/server-provisioning.js';
import { type Provisioning, startCollecting, startProvisioning, takeBack, unlessCancelled } from './order-children.js';

const { beginOrder, recordOrderStatus, giveBackReservation } = proxyActivities<OrderActivities>(quick);
const { sendOrderConfirmation, sendOrderOutcome } = proxyActivities<OrderActivities>(postal);
const { enterStep, leaveStep } = proxyActivities<StepActivities>(quick);
const { voidInvoice } = proxyActivities<RefundActivities>(quick);

/** Started by an accepted order; over when its server is handed over, or when all that was taken has been given back. */
export async function order({ orderId }: OrderInput): Promise<OrderResult> {
  let recorded: OrderStatus = 'awaiting_payment';
  let closing = false;
  let unwantedBy: string | undefined;
  let begun = false;
  let provisioning: Provisioning | undefined;

  setHandler(orderStatus, () => recorded);
  setHandler(installationBegun, () => {
    begun = true;
  });
  setHandler(cancelOrder, cancel, { validator: refuseWhenTooLate });
  const attempt = humanSteps();

  const { invoiceId, serviceId, expiresAt, labels, closed } = await beginOrder(orderId);
  if (closed) return { status: closed };
  label({ ...labels, stage: recorded });
  const { payBack, wentBack } = payingBack(invoiceId, attempt);
  await enterStep({ process: 'order', subjectId: orderId, step: 'payment' });
  const collecting = await startCollecting(invoiceId);
  const confirmed = sendOrderConfirmation(orderId); // nobody waits for a mail server that rests

  let paid = false;
  let collected = false;
  const payment = collecting.result().then(({ status }) => {
    paid = status === 'paid';
    collected = true;
  }, unlessCancelled);
  await condition(() => paid || unwantedBy !== undefined, Date.parse(expiresAt) - Date.now(), {
    summary: 'until it has to be paid',
  });
  if (!paid) paid = await stopCollecting();
  await leaveStep({ process: 'order', subjectId: orderId, outcome: paid ? 'done' : 'undone' });
  if (!paid) return unwantedBy === undefined ? close('expired') : cancelled();
  if (unwantedBy !== undefined) return cancelled();

  await become('preparing');
  provisioning = await startProvisioning(serviceId);
  if (unwantedBy !== undefined) await provisioning.signal(provisioningUnwanted);
  const { outcome } = await provisioning.result().catch(givenUp);
  if (outcome === 'active') return close('active');
  if (outcome === 'cancelled') return cancelled();
  await payBack('order_undeliverable');
  return close('refunded');

  async function cancelled(): Promise<OrderResult> {
    await become('cancelling');
    if (paid) await payBack('order_cancelled');
    return close('cancelled');
  }

  /** The bank may have said yes just now: then it was paid, and is paid back. */
  async function stopCollecting(): Promise<boolean> {
    closing = true;
    await collecting.signal(invoiceVoided).catch(unlessCancelled);
    await payment;
    if (!collected) paid = await takeBack(invoiceId);
    if (paid) return true;
    const { voided } = await voidInvoice(invoiceId);
    return !voided;
  }

  async function close(status: OrderResult['status']): Promise<OrderResult> {
    closing = true;
    if (status !== 'active') await giveBackReservation(orderId);
    await become(status);
    await confirmed;
    if (status !== 'active') await sendOrderOutcome(orderId);
    await wentBack();
    await condition(allHandlersFinished);
    return { status };
  }

  async function become(status: OrderStatus): Promise<void> {
    await recordOrderStatus({ orderId, status, actorId: status === 'cancelling' ? unwantedBy : undefined });
    label({ stage: status });
    recorded = status;
  }

  /** Until the disks are being written the customer may change their mind; what begins first decides. */
  async function cancel({ userId }: { readonly userId: string }): Promise<OrderStatus> {
    unwantedBy ??= userId;
    await provisioning?.signal(provisioningUnwanted).catch(unlessCancelled);
    await condition(() => begun || isOrderClosed(recorded));
    if (!begun) return recorded;
    throw ApplicationFailure.nonRetryable('the server is being installed', InstallationBegun);
  }

  function refuseWhenTooLate(_by: { readonly userId: string }): void {
    if (begun) throw ApplicationFailure.nonRetryable('the server is being installed', InstallationBegun);
    if (closing && unwantedBy === undefined) throw ApplicationFailure.nonRetryable(`it is ${recorded}`, OrderClosed);
  }
}

function givenUp(error: unknown): ServerProvisioningResult {
  unlessCancelled(error);
  return { outcome: 'given_up' };
}
