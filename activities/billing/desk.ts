import { askForCard } from '../../models/billing/card-request.js';
import { changeSchedule } from '../../models/billing/schedule-request.js';
import { WriteOff } from '../../models/billing/write-off.js';
import type { AskedBy, DeskRefusal, ScheduleChange } from '../../workflows/messages/desk.js';
import { askedAt } from '../durable/clock.js';
import { readStanding, type Standing } from './collections.js';

/** How the invoice stands after what staff asked for; and why that was not done, where it was not. */
export interface DeskAnswer {
  readonly refusal?: DeskRefusal | undefined;
  readonly standing: Standing;
}

interface Wish {
  readonly invoiceId: string;
  readonly by: AskedBy;
}

export type DeskActivities = ReturnType<typeof createDeskActivities>;

/** What staff ask of a process that collects an invoice, each in one transaction, and once however often it is tried. */
export function createDeskActivities() {
  return {
    async planRetry({ invoiceId, ...wish }: Wish & { readonly change: ScheduleChange }): Promise<DeskAnswer> {
      const refusal = await changeSchedule(invoiceId, wish, askedAt());
      return { refusal, standing: await readStanding(invoiceId) };
    },

    async writeOffInvoice({ invoiceId, ...wish }: Wish & { readonly reason: string }): Promise<DeskAnswer> {
      const refusal = await WriteOff.record(invoiceId, wish, askedAt());
      return { refusal, standing: await readStanding(invoiceId) };
    },

    async requestCard({ invoiceId, by }: Wish): Promise<DeskAnswer & { readonly askedAt: string }> {
      const at = askedAt();
      const refusal = await askForCard(invoiceId, by, at);
      return { refusal, standing: await readStanding(invoiceId), askedAt: at.toISOString() };
    },
  };
}
