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

  /** The same for many at once; those that were had. */
  static async takeMany(devices: readonly string[], holder: string, now: Date, expiresAt: Date): Promise<string[]> {
    const taken = await DeviceLease.knex().raw<{ rows: { device: string }[] }>(
      `INSERT INTO device_leases (device, holder, expires_at) SELECT unnest(?::text[]), ?, ?
       ON CONFLICT (device) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       WHERE device_leases.holder = excluded.holder OR device_leases.expires_at <= ?
       RETURNING device`,
      [[...devices].sort(), holder, expiresAt, now],
    );
    return taken.rows.map(({ device }) => device);
  }

  /** Who holds the devices whose names begin like this. */
  static async holders(prefix: string, now: Date): Promise<Map<string, string>> {
    const held = await DeviceLease.query().where('device', 'like', `${prefix}%`).where('expiresAt', '>', now);
    return new Map(held.map(({ device, holder }) => [device, holder]));
  }

  static async giveBack(device: string, holder: string): Promise<void> {
    await DeviceLease.query().delete().where({ device, holder });
  }
}
