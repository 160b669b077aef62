import snmp from 'net-snmp';
import { DOWN, oids, UP } from './oids.js';
import { contains, excluding, including } from './port-list.js';
import { type Setting, type SnmpOptions, type SnmpSession, withSnmp } from './snmp-session.js';
import { type BridgePort, type PortSettings, type PortState, type Switches, SwitchRefused } from './switch.js';

/** A port with its membership: in which VLANs frames leave it, and in which of them without a tag. */
interface MemberPort extends PortState {
  readonly bridgePort: number;
  readonly egress: VlanLists;
  readonly untagged: VlanLists;
}
type VlanLists = ReadonlyMap<number, number | Buffer>;

const { Integer, OctetString, Gauge32 } = snmp.ObjectType;
const MAX_ALIAS_OCTETS = 64;

/** Switches by SNMP: IF-MIB for the port, Q-BRIDGE-MIB (RFC 4363) for its VLAN, v2c or v3. */
export function createSnmpSwitches(options: SnmpOptions = {}): Switches {
  return (access) => ({
    readPort: (ifIndex) =>
      withSnmp(access, options, async (session) => {
        const { up, vlan, alias, link } = await read(session, ifIndex);
        return { up, vlan, alias, link };
      }),

    readPorts: () => withSnmp(access, options, readAll),

    configurePort: (ifIndex, settings) =>
      withSnmp(access, options, async (session) => {
        if (Buffer.byteLength(settings.alias) > MAX_ALIAS_OCTETS) {
          throw new SwitchRefused(`an alias takes ${MAX_ALIAS_OCTETS} octets: ${settings.alias}`);
        }
        await session.set(...changes(ifIndex, await read(session, ifIndex), settings));
        const wrong = differences(await read(session, ifIndex), settings);
        if (wrong.length > 0) throw new SwitchRefused(`${access.host} port ${ifIndex} reads back ${wrong.join(', ')}`);
      }),
  });
}

async function read(session: SnmpSession, ifIndex: number): Promise<MemberPort> {
  const status = [oids.adminStatus(ifIndex), oids.operStatus(ifIndex), oids.alias(ifIndex)];
  const [admin, operational, alias] = await session.get(...status);
  const interfaces = await session.column(oids.interfaceOfBridgePort);
  const bridgePort = [...interfaces].find(([, value]) => value === ifIndex)?.[0];
  if (bridgePort === undefined) throw new SwitchRefused(`interface ${ifIndex} is not a port of the bridge`);
  const [vlan] = await session.get(oids.pvid(bridgePort));
  return {
    up: admin === UP,
    link: operational === UP,
    alias: String(alias),
    vlan: Number(vlan),
    bridgePort,
    egress: await session.column(oids.egressPorts),
    untagged: await session.column(oids.untaggedPorts),
  };
}

async function readAll(session: SnmpSession): Promise<ReadonlyMap<number, BridgePort>> {
  const admin = await session.column(oids.adminStatuses);
  const vlans = await session.column(oids.pvids);
  const untagged = await session.column(oids.untaggedPorts);
  const ports = new Map<number, BridgePort>();
  for (const [bridgePort, ifIndex] of await session.column(oids.interfaceOfBridgePort)) {
    const vlan = vlans.get(bridgePort);
    if (vlan === undefined) continue; // of another kind of bridge: it knows no VLANs
    const members = membersUntagged({ untagged, bridgePort });
    ports.set(Number(ifIndex), { up: admin.get(Number(ifIndex)) === UP, vlan: Number(vlan), untagged: members });
  }
  return ports;
}

/** In the order in which a device that is not atomic does no harm: down first, up last, no frame in two VLANs. */
function changes(ifIndex: number, port: MemberPort, { up, vlan, alias }: PortSettings): Setting[] {
  if (!port.untagged.has(vlan)) throw new SwitchRefused(`VLAN ${vlan} does not exist on this switch`);
  const admin = { oid: oids.adminStatus(ifIndex), type: Integer, value: up ? UP : DOWN };
  const pvid = { oid: oids.pvid(port.bridgePort), type: Gauge32, value: vlan };
  const name = { oid: oids.alias(ifIndex), type: OctetString, value: Buffer.from(alias) };
  const left = membersUntagged(port).filter((other) => other !== vlan);
  const moves = [
    ...left.flatMap((other) => [listed(oids.untaggedPorts, port, other), listed(oids.egressPorts, port, other)]),
    ...[listed(oids.egressPorts, port, vlan, including), listed(oids.untaggedPorts, port, vlan, including), pvid],
  ];
  return up ? [...moves, name, admin] : [admin, ...moves, name];
}

/** One VLAN's list with this port changed and everyone else's bit as it was read. */
function listed(column: string, port: MemberPort, vlan: number, change = excluding): Setting {
  const list = (column === oids.egressPorts ? port.egress : port.untagged).get(vlan);
  const value = change(Buffer.isBuffer(list) ? list : Buffer.alloc(0), port.bridgePort);
  return { oid: `${column}.${vlan}`, type: OctetString, value };
}

function membersUntagged({ untagged, bridgePort }: Pick<MemberPort, 'untagged' | 'bridgePort'>): number[] {
  return [...untagged].flatMap(([vlan, list]) => (Buffer.isBuffer(list) && contains(list, bridgePort) ? [vlan] : []));
}

function differences(port: MemberPort, wanted: PortSettings): string[] {
  const read = [
    { what: 'state', is: port.up, wanted: wanted.up },
    { what: 'VLAN', is: port.vlan, wanted: wanted.vlan },
    { what: 'untagged VLANs', is: membersUntagged(port).join(' '), wanted: String(wanted.vlan) },
    { what: 'alias', is: port.alias, wanted: wanted.alias },
  ];
  return read.flatMap(({ what, is, wanted }) => (is === wanted ? [] : [`${what} ${is} instead of ${wanted}`]));
}
