import { Model, type Transaction } from 'objection';
import type { LegalEntity } from '../accounts/legal-entity.js';

/** The last number taken, by legal entity, kind and year. */
export class DocumentSeries extends Model {
  static override tableName = 'document_series';
  static override idColumn = ['legalEntityId', 'kind', 'year'];

  /**
   * The next number of a gapless series, as it is printed: `NQ-2026-000123` (Directive 2006/112/EC, Art. 226 (2)). The
   * row stays locked until the transaction that issues the document is over, and gives the number back if it fails.
   */
  static async next(
    seller: LegalEntity,
    kind: 'invoice' | 'credit_note',
    year: number,
    trx: Transaction,
  ): Promise<string> {
    const { rows } = await trx.raw(
      `INSERT INTO document_series (legal_entity_id, kind, year, last_number) VALUES (?, ?, ?, 1)
       ON CONFLICT (legal_entity_id, kind, year) DO UPDATE SET last_number = document_series.last_number + 1
       RETURNING last_number`,
      [seller.id, kind, year],
    );
    const prefix = kind === 'invoice' ? seller.invoicePrefix : seller.creditNotePrefix;
    return `${prefix}-${year}-${String(rows[0].last_number).padStart(6, '0')}`;
  }
}
