import { setTimeout as pause } from 'node:timers/promises';
import type { UpdateDefinition } from '@temporalio/common';
import { type Processes, ProcessRefused } from '../gateways/processes.js';
import type { Invoice } from '../models/billing/invoice.js';
import { type DeskRefusal, deskRefusalOf } from '../workflows/messages/desk.js';
import { invoicePayment } from '../workflows/messages/invoice-payment.js';
import { startCollector } from './collector.js';

export interface DeskDeps {
  readonly processes: Processes;
  readonly now: () => Date;
}

/** How often a process that was begun a moment ago is asked again. */
const ASKED = 5;
const BETWEEN_MS = 600;

/** Asks whoever collects an invoice for what staff want of it, begun where nobody collects it yet; says why it refused. */
export async function askCollector<Answer, Wish>(
  deps: DeskDeps,
  invoice: Invoice,
  message: UpdateDefinition<Answer, [Wish]>,
  wish: Wish,
): Promise<{ readonly answer: Answer } | { readonly refusal: DeskRefusal }> {
  for (let times = 1; ; times++) {
    try {
      return { answer: await deps.processes.update(invoicePayment, { invoiceId: invoice.id }, message, wish) };
    } catch (error) {
      if (!(error instanceof ProcessRefused)) throw error;
      const refusal = deskRefusalOf(error.refusal);
      if (refusal) return { refusal };
      if (times === ASKED) throw error;
      await startCollector(deps, invoice);
      await pause(BETWEEN_MS);
    }
  }
}
