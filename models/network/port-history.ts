import { PortAssignment } from './port-assignment.js';

/** A switch port and when it was whose. */
export interface HeldPort {
  readonly portId: string;
  readonly from: Date;
  /** Exclusive; null while it is still held. */
  readonly to: Date | null;
  readonly portName: string;
  readonly switchName: string;
  readonly serviceId: string;
}

/** Every port a service has held, the first one first. Its traffic is the ports' traffic in these times and no other. */
export function portsHeldBy(serviceId: string): Promise<HeldPort[]> {
  return holdings().where({ serviceId }).castTo<HeldPort[]>().execute();
}

function holdings() {
  return PortAssignment.query()
    .joinRelated('switchPort.device')
    .whereRaw('NOT isempty(during)')
    .orderByRaw('lower(during)')
    .select(
      'switchPortId as portId',
      'serviceId',
      'switchPort.name as portName',
      'switchPort:device.name as switchName',
      PortAssignment.raw('lower(during) as "from"'),
      PortAssignment.raw('upper(during) as "to"'),
    );
}
