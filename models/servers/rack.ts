import { Model } from 'objection';
import { Site } from './site.js';

export class Rack extends Model {
  static override tableName = 'racks';

  declare id: string;
  declare siteId: string;
  declare name: string;
  declare units: number;
  declare site: Site;

  static override relationMappings = () => ({
    site: { relation: Model.BelongsToOneRelation, modelClass: Site, join: { from: 'racks.siteId', to: 'sites.id' } },
  });
}
