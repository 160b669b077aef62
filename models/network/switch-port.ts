import { Model } from 'objection';
import { SwitchDevice } from './switch-device.js';

export class SwitchPort extends Model {
  static override tableName = 'switch_ports';

  declare id: string;
  declare switchId: string;
  declare ifIndex: number;
  declare name: string;
  declare speedMbit: number;
  declare device: SwitchDevice;

  static override relationMappings = () => ({
    device: {
      relation: Model.BelongsToOneRelation,
      modelClass: SwitchDevice,
      join: { from: 'switch_ports.switchId', to: 'switches.id' },
    },
  });
}
