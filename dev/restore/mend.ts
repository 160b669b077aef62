import type { Knex } from 'knex';
import type Stripe from 'stripe';
import { type Processes, ProcessRefused } from '../../gateways/processes.js';
import type { Runs } from '../../gateways/runs.js';
import { bookRecoveredCharge } from '../../models/billing/recovered-charge.js';
import { contractNamed } from '../../workflows/messages/index.js';
import { invoiceChanged, invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { compareProcesses, type Drift, told } from '../check-books/processes.js';
import { chargesUnknownTo } from './charges.js';

export interface Mending {
  readonly knex: Knex;
  readonly stripe: Stripe;
  readonly runs: Runs;
  readonly processes: Pick<Processes, 'start' | 'signal'>;
}

/** What was found, and what was done about it or is left to a person. */
export interface Found {
  readonly what: string;
  readonly done: string;
}

/** First the money, so that nothing that is begun again charges what was charged before. Asked again, it finds the rest. */
export async function mend(deps: Mending, { act }: { act: boolean }): Promise<Found[]> {
  const found: Found[] = [];
  for (const charge of await chargesUnknownTo(deps.knex, deps.stripe)) {
    const { chargeId, amount, invoiceNumber } = charge;
    const what = `${chargeId}: ${amount.amountMinor} ${amount.currency} for ${invoiceNumber} is not in the books`;
    const answers = {
      booked: 'booked on its invoice',
      'no invoice': 'LEFT: its invoice is gone; pay it back at the card provider',
      busy: 'LEFT: its invoice has an attempt under way; ask again when that is over',
    };
    found.push({ what, done: act ? answers[await bookRecoveredCharge(charge, new Date())] : 'to be booked' });
  }
  for (const drift of await compareProcesses(deps.knex, deps.runs)) {
    const [todo, make] = remedyOf(drift, deps);
    if (act) await make?.();
    found.push({ what: told(drift), done: make ? (act ? `${todo}: done` : `to do: ${todo}`) : `LEFT: ${todo}` });
  }
  return found;
}

type Remedy = readonly [todo: string, make?: () => Promise<void>];

/** Only what can do no harm is done by itself. */
function remedyOf({ what, workflowId, row, last }: Drift, { runs, processes }: Mending): Remedy {
  if (what === 'a run without a row') return ['end the run', () => runs.end(workflowId, 'its row is gone')];
  if (what === 'a run whose row is closed') {
    const [process, invoiceId = ''] = workflowId.split(':');
    if (process !== 'invoice-payment') return ['it goes by its rows when it wakes; look at it in the Temporal UI'];
    const tell = () => processes.signal(invoicePayment, { invoiceId }, invoiceChanged).catch(unlessOver);
    return ['have it read its invoice again', tell];
  }
  const input = row?.input;
  if (!row || !input) return ['nothing promised it: look at its order'];
  if (last) return [`decide by what its run came to, then --begin ${workflowId}`];
  return ['begin it from its row', () => processes.start(contractNamed(row.kind), input)];
}

function unlessOver(error: unknown): void {
  if (!(error instanceof ProcessRefused)) throw error;
}
