import { Model } from 'objection';

/** How a machine's service processor is reached. Customers never see any of it. */
export class Bmc extends Model {
  static override tableName = 'bmcs';

  declare id: string;
  declare serverId: string;
  declare driver: 'redfish' | 'ipmi';
  declare address: string;
  declare username: string;
  declare passwordSealed: Buffer;
  /** Of IPMI sessions; Redfish has none. */
  declare cipherSuite: number;
}

export type SealedBmc = Pick<Bmc, 'id' | 'driver' | 'address' | 'username' | 'passwordSealed' | 'cipherSuite'>;
