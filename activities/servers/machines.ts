import type { Bmc, Bmcs } from '../../gateways/bmc/bmc.js';
import type { Sealer } from '../../gateways/sealing.js';
import type { SealedBmc } from '../../models/servers/bmc.js';
import { Server } from '../../models/servers/server.js';
import { withDevice } from '../durable/devices.js';

export interface MachineDeps {
  readonly bmcs: Bmcs;
  /** Opens what is sealed in rows: passwords of service processors, words of switches, root passwords. */
  readonly sealer: Sealer;
}

/** Speaks to a machine's service processor, one at a time; its password is opened for as long as that takes. */
export async function withBmc<Result>(
  { bmcs, sealer }: MachineDeps,
  serverId: string,
  work: (bmc: Bmc, server: Server) => Promise<Result>,
): Promise<Result> {
  const server = await Server.query().findById(serverId).withGraphFetched('bmc').throwIfNotFound();
  return withDevice(`bmc:${server.bmc.id}`, () => work(bmcOf({ bmcs, sealer }, server.bmc), server));
}

/** One command at a time is the caller's care. */
export function bmcOf({ bmcs, sealer }: MachineDeps, { passwordSealed, ...access }: SealedBmc): Bmc {
  const { driver, address, username, cipherSuite } = access;
  return bmcs({ driver, address, username, password: sealer.open(passwordSealed), cipherSuite });
}
