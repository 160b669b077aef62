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

  /** The device numbers its interfaces anew: all at once, since two ports may have changed places. */
  static async renumber(places: ReadonlyMap<string, number>): Promise<void> {
    await SwitchPort.transaction(async (trx) => {
      for (const id of places.keys()) {
        await SwitchPort.query(trx)
          .findById(id)
          .patch({ ifIndex: SwitchPort.raw('-if_index') as unknown as number });
      }
      for (const [id, ifIndex] of places) await SwitchPort.query(trx).findById(id).patch({ ifIndex });
    });
  }
}
