import type { Bmc, Bmcs } from '../../gateways/bmc/bmc.js';
import type { Sealer } from '../../gateways/sealing.js';
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
  const { id, driver, address, username, passwordSealed, cipherSuite } = server.bmc;
  return withDevice(`bmc:${id}`, () =>
    work(bmcs({ driver, address, username, password: sealer.open(passwordSealed), cipherSuite }), server),
  );
}
