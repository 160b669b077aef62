import type { CardEntry } from './card-entry.js';

export interface InvoicePageInput {
  readonly now: Date;
  readonly card?: CardEntry | undefined;
  /** For the bank's question to its customer. */
  readonly bankQuestion?: string | undefined;
  /** The phrase `billing:problem.<problem>`: why nothing was tried. */
  readonly problem?: string | undefined;
}
