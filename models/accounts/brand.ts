import { Model } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';
import type { CalendarDay } from '../../rules/calendar.js';
import { LegalEntity } from './legal-entity.js';

/** What a shop is called and looks like. All that a page or letter says of the shop comes from here. */
export class Brand extends Model {
  static override tableName = 'brands';

  declare id: string;
  declare legalEntityId: string;
  declare host: string;
  declare name: string;
  declare sender: string;
  declare accent: string;
  declare termsVersion: string;
  declare termsFromOn: CalendarDay;
  declare languages: readonly Language[];
  declare legalEntity: LegalEntity;

  static override relationMappings = () => ({
    legalEntity: {
      relation: Model.BelongsToOneRelation,
      modelClass: LegalEntity,
      join: { from: 'brands.legalEntityId', to: 'legal_entities.id' },
    },
  });

  /** What a letter or a page's foot says of the shop; the legal entity is loaded with it. */
  get mark(): { name: string; accent: string; seller: string } {
    const { name, accent, legalEntity } = this;
    return { name, accent, seller: `${legalEntity.name}, ${legalEntity.city}` };
  }
}
