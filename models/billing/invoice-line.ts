import { Model } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';

export class InvoiceLine extends Model {
  static override tableName = 'invoice_lines';

  declare id: string;
  declare invoiceId: string;
  declare position: number;
  declare kind: 'recurring' | 'setup';
  declare orderLineId: string | null;
  declare serviceId: string | null;
  /** In the document's language, as it was issued. */
  declare description: string;
  declare detail: string | null;
  declare periodStartsOn: CalendarDay | null;
  declare periodEndsOn: CalendarDay | null;
  declare netMinor: number;
  declare vatRateBp: number;
  declare vatMinor: number;
}
