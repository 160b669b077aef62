import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, noSuch } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { flag, papers, parameters, text } from '../api/parameters.js';
import type { Dispute } from '../state/money-objects.js';
import { evidenceGiven } from './dispute-evidence.js';
import { closed, disputeLost } from './dispute-outcomes.js';

/** What a shop writes in test mode to say how its dispute is to end. https://docs.stripe.com/testing#evidence */
const decisive = { winning_evidence: 'dispute_won', losing_evidence: 'dispute_lost' } as const;

export function disputeRoutes(api: Api, account: Account): void {
  const listing = parameters({ ...dated, charge: text.optional(), payment_intent: text.optional() });
  api.on('GET', '/disputes', listing, ({ charge, payment_intent, ...at }) =>
    page('/v1/disputes', account.disputes, at, { where: { charge, payment_intent } }),
  );

  api.on('GET', '/disputes/:id', parameters({}), (_, { id }) => disputeOf(account, id));

  const changes = parameters({
    evidence: evidenceGiven.optional(),
    metadata: papers.optional(),
    submit: flag.optional(),
  });
  api.on('POST', '/disputes/:id', changes, ({ evidence, metadata, submit = evidence !== undefined }, { id }) => {
    const before = disputeOf(account, id);
    if ((evidence || submit) && !awaited(before)) throw closed(before);
    const gathered = { ...before.evidence, ...evidence };
    const has_evidence = Object.values(gathered).some((said) => typeof said === 'string' && said !== '');
    const { submission_count } = before.evidence_details;
    const after = account.disputes.put({
      ...before,
      evidence: gathered,
      evidence_details: {
        ...before.evidence_details,
        has_evidence,
        submission_count: submission_count + (submit ? 1 : 0),
      },
      metadata: { ...before.metadata, ...metadata },
      status: submit ? underReview(before) : before.status,
    });
    account.tell('charge.dispute.updated', after);
    const act = decisive[gathered.uncategorized_text as keyof typeof decisive];
    if (submit && act) account.promise(act, id);
    return after;
  });

  api.on('POST', '/disputes/:id/close', parameters({}), (_, { id }) => {
    const before = disputeOf(account, id);
    if (!awaited(before)) throw invalidRequest(`You cannot close this dispute: it is ${before.status}.`);
    return disputeLost(account, before);
  });
}

export function disputeOf(account: Account, id: string): Dispute {
  const dispute = account.disputes.get(id);
  if (!dispute) throw noSuch('dispute', id);
  return dispute;
}

/** Whether the shop has still to answer. */
export function awaited({ status }: Dispute): boolean {
  return status === 'needs_response' || status === 'warning_needs_response';
}

function underReview({ status }: Dispute): Dispute['status'] {
  return status.startsWith('warning_') ? 'warning_under_review' : 'under_review';
}
