import { Model } from 'objection';

/** Who may speak to a BMC or switch just now. A holder that died loses it by time. */
export class DeviceLease extends Model {
  static override tableName = 'device_leases';
  static override idColumn = 'device';

  declare device: string;
  declare holder: string;
  declare expiresAt: Date;

  /** Takes the device, or keeps it longer; false while another holds it. */
  static async take(device: string, holder: string, now: Date, expiresAt: Date): Promise<boolean> {
    const taken = await DeviceLease.knex().raw(
      `INSERT INTO device_leases (device, holder, expires_at) VALUES (?, ?, ?)
       ON CONFLICT (device) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       WHERE device_leases.holder = excluded.holder OR device_leases.expires_at <= ?
       RETURNING device`,
      [device, holder, expiresAt, now],
    );
    return taken.rows.length > 0;
  }

  static async giveBack(device: string, holder: string): Promise<void> {
    await DeviceLease.query().delete().where({ device, holder });
  }
}
