import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CollectionActivities, Standing } from '../../activities/billing/collections.js';
import type { PaymentLetterActivities } from '../../activities/billing/payment-letters.js';
import { nextTryAt, usualRetries } from '../../rules/billing/retry-schedule.js';
import { aside, isAsideOut } from '../durable/asides.js';
import { isWaitingAtStop, unlessUnwantedWhileHeld } from '../durable/holds.js';
import { humanSteps } from '../durable/human-step.js';
import { label } from '../durable/labels.js';
import { postalAside, quick } from '../durable/patience.js';
import {
  type CollectionStatus,
  cardUpdated,
  collectionStatus,
  type InvoicePaymentInput,
  type InvoicePaymentResult,
  invoiceChanged,
  invoiceVoided,
} from '../messages/invoice-payment.js';
import { cardRounds, type Round } from './card-rounds.js';
import { settleCharge } from './charge.js';
import { deskActs } from './desk-acts.js';

const { beginCollection, openAttempt, recordOutcome } = proxyActivities<CollectionActivities>(quick);
const { sendPaymentProblem } = proxyActivities<PaymentLetterActivities>(postalAside);

/** Events after which a run hands over to the next; all that it knows stands in rows. */
const LONG_HISTORY = 800;

/** Started for an issued invoice, by its order or by a renewal; over when it is paid, taken back or written off. */
export async function invoicePayment({ invoiceId }: InvoicePaymentInput): Promise<InvoicePaymentResult> {
  let stage: CollectionStatus = 'waiting';
  let standing: Standing = { status: 'open', failed: null };
  let voided = false;
  let cardIsNew = false;
  let changed = false;

  setHandler(collectionStatus, () => stage);
  const rounds = cardRounds();
  const desk = deskActs(invoiceId, rounds);
  setHandler(invoiceVoided, () => {
    voided = true;
  });
  setHandler(invoiceChanged, () => {
    changed = true;
  });
  setHandler(cardUpdated, () => {
    cardIsNew = rounds.isUnderWay() || standing.failed !== null;
  });
  const attempt = humanSteps();

  const { labels, attempt: found, ...read } = await beginCollection(invoiceId);
  label({ ...labels, stage });
  standing = read;
  rounds.begin(found);
  if (found) standing = await collect(found, { standing: true });
  while (standing.status === 'open' && !voided) {
    await calledFor();
    if (!voided) standing = await answered();
  }
  rounds.close();
  const status = standing.status === 'open' ? 'void' : standing.status;
  become(status);
  await condition(allHandlersFinished);
  return { status };

  async function answered(): Promise<Standing> {
    if (desk.isWanted()) return desk.doNext(standing);
    if (changed) return readAfresh();
    const { plan } = standing;
    const isTime = plan?.tryAt !== undefined && Date.parse(plan.tryAt) <= Date.now();
    return collect(rounds.next(isTime ? plan.paymentMethodId : undefined));
  }

  async function readAfresh(): Promise<Standing> {
    changed = false;
    const { status, failed, plan, policy } = await beginCollection(invoiceId);
    return { status, failed, ...(plan && { plan }), ...(policy && { policy }) };
  }

  /** By the customer's click, by staff, by another card after a failure, or by the time of the next try. */
  async function calledFor(): Promise<void> {
    const retryAt = nextRetry(standing);
    become(retryAt ? 'waiting_for_retry' : 'waiting');
    await startAfreshWhenLong();
    const called = () => voided || changed || desk.isWanted() || rounds.isWanted() || cardIsNew;
    const summary = 'until the card is tried again';
    if (retryAt) await condition(called, Math.max(0, Date.parse(retryAt) - Date.now()), { summary });
    else await condition(called);
    if (!changed && !desk.isWanted()) cardIsNew = false;
  }

  async function collect(round: Round, { standing = false } = {}): Promise<Standing> {
    const { attemptId, onSession } = round;
    become('attempting');
    const unwanted = () => voided || rounds.isWanted();
    const opened = standing ? 'opened' : await open(round, unwanted);
    if (opened === 'amount_changed') rounds.refuseAsChanged();
    if (opened === 'left' || opened === 'amount_changed') return leaveIt();
    if (opened !== 'opened') return notOpened(opened);
    const bystander = { ...rounds, unwanted, startAfreshWhenLong };
    const settlement = await settleCharge({ attemptId, standing }, attempt, bystander);
    const after = await recordOutcome({ attemptId, settlement });
    rounds.tell(settlement);
    rounds.over();
    const absent = !onSession || (settlement.state === 'declined' && settlement.code === 'authentication_required');
    if (settlement.state === 'declined' && absent)
      aside(() => sendPaymentProblem({ attemptId, retryAt: nextRetry(after) }));
    return after;
  }

  /** What comes by the calendar may be held before it begins; then whoever wants to pay goes first. */
  async function open(round: Round, unwanted: () => boolean) {
    const onHold = () => rounds.tell({ state: 'held' });
    const asked = await unlessUnwantedWhileHeld(
      { unwanted: () => unwanted() || changed || desk.isWanted(), onHold },
      () => openAttempt({ ...round, invoiceId }),
    );
    return 'left' in asked ? 'left' : asked.done;
  }

  function leaveIt(): Promise<Standing> {
    rounds.over();
    return readAfresh();
  }

  /** Nothing is owed any more; or the card is gone, and another one is waited for. */
  async function notOpened(why: 'paid_from_credit' | 'closed' | 'no_card'): Promise<Standing> {
    if (why === 'paid_from_credit') rounds.tell({ state: why });
    if (why === 'no_card') rounds.tell({ state: 'declined', kind: 'hard', code: why });
    rounds.over();
    const { status, failed, plan = null, policy } = await beginCollection(invoiceId);
    if (why !== 'no_card') return { status: status === 'open' ? 'paid' : status, failed };
    return { status, plan, ...(policy && { policy }), failed: failed && { ...failed, lastDecline: 'hard' } };
  }

  function become(next: CollectionStatus): void {
    stage = next;
    label({ stage });
  }

  /** Never while somebody waits for an answer, and never with something in hand that no row tells. */
  async function startAfreshWhenLong(): Promise<void> {
    const inHand = voided || changed || rounds.isWanted() || isWaitingAtStop() || isAsideOut();
    const idle = allHandlersFinished() && !inHand;
    if (idle && workflowInfo().historyLength > LONG_HISTORY) await continueAsNew<typeof invoicePayment>({ invoiceId });
  }
}

function nextRetry(standing: Standing): string | undefined {
  return nextTryAt(standing.policy ?? usualRetries, standing);
}
