import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { askedAt } from '../durable/clock.js';

/** Ids: the service that ends and, where it runs on one, its machine. */
export interface EndingService {
  readonly serviceId: string;
  readonly serverId?: string;
}

export type MachineReturnActivities = ReturnType<typeof createMachineReturnActivities>;

export function createMachineReturnActivities() {
  return {
    /** From now on the machine is on its way back, and nobody's to switch but ours. */
    async beginReturn(cancellationId: string): Promise<EndingService> {
      const at = askedAt();
      const { serviceId } = await ServiceCancellation.query().findById(cancellationId).throwIfNotFound();
      const lease = await ServerLease.query().modify('heldBy', serviceId, at).first();
      if (!lease) return { serviceId };
      await Server.moveTo(lease.serverId, 'releasing', at);
      return { serviceId, serverId: lease.serverId };
    },
  };
}
