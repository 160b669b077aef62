import { Model } from 'objection';

/** The company that sells: its name, address and number stand on every document. */
export class LegalEntity extends Model {
  static override tableName = 'legal_entities';

  declare id: string;
  declare name: string;
  declare street: string;
  declare postalCode: string;
  declare city: string;
  declare country: string;
  declare vatNumber: string;
  declare timeZone: string;
  declare invoicePrefix: string;
  declare creditNotePrefix: string;
}
