import { NotFoundError } from 'objection';
import { PortAssignment } from './port-assignment.js';
import { SwitchPort } from './switch-port.js';

/** A switch port and when it was a service's. */
export interface HeldPort {
  readonly portId: string;
  readonly from: Date;
  /** Exclusive; null while it is still held. */
  readonly to: Date | null;
  readonly portName: string;
  readonly switchName: string;
}

export interface PortHolder {
  readonly from: Date;
  readonly to: Date | null;
  readonly serviceName: string;
  readonly hostName: string;
  readonly customerName: string;
}

const MOST_HOLDERS = 100;

/** Every port a service has held, the first one first. Its traffic is the ports' traffic in these times and no other. */
export function portsHeldBy(serviceId: string): Promise<HeldPort[]> {
  return assignments()
    .where({ serviceId })
    .joinRelated('switchPort.device')
    .orderByRaw('lower(during)')
    .select('switchPortId as portId', 'switchPort.name as portName', 'switchPort:device.name as switchName')
    .castTo<HeldPort[]>()
    .execute();
}

/** Who has held a port, the last one first. */
export function holdersOf(portId: string): Promise<PortHolder[]> {
  return assignments()
    .where('switchPortId', portId)
    .join('services', 'services.id', 'port_assignments.serviceId')
    .join('customers', 'customers.id', 'services.customerId')
    .orderByRaw('lower(during) DESC')
    .limit(MOST_HOLDERS)
    .select('services.name as serviceName', 'services.hostName', 'customers.name as customerName')
    .castTo<PortHolder[]>()
    .execute();
}

/** A switch port with its switch. Throws `NotFoundError` where there is none. */
export async function portAt(id: string | undefined): Promise<SwitchPort> {
  if (!id) throw new NotFoundError({});
  return SwitchPort.query().findById(id).withGraphFetched('device').throwIfNotFound();
}

/** An assignment that was given up in the moment it began was never one. */
function assignments() {
  return PortAssignment.query()
    .whereRaw('NOT isempty(during)')
    .select(PortAssignment.raw('lower(during) as "from"'), PortAssignment.raw('upper(during) as "to"'));
}
