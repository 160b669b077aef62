import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Sealer } from '../../gateways/sealing.js';
import { accessTo } from '../../gateways/switch/access.js';
import type { BridgePort, Switches } from '../../gateways/switch/switch.js';
import type { Looked } from '../../models/durable/invariants/invariant.js';
import { type StandingPort, standingPorts, switchesOf } from '../../models/network/port-standing.js';
import type { SwitchDevice } from '../../models/network/switch-device.js';
import { type ExpectedPort, expectedPort, isAsExpected } from '../../rules/network/port-expectation.js';
import { type Asked, askEach } from '../durable/asked-devices.js';

export interface PortComparisonDeps {
  readonly switches: Switches;
  readonly sealer: Sealer;
  /** How long after the first look a switch with a port that is wrong is read once more. */
  readonly againAfterMs?: number;
}

const AGAIN_AFTER_MS = 5_000;

type Row = NonNullable<Looked['rows']>[number];
interface Seen {
  readonly device: SwitchDevice;
  readonly unknown: readonly Row[];
  readonly faults: readonly Row[];
}

/**
 * Ports of switches against our rows: open in its VLAN for a service that runs, shut at a machine that rests. A switch with a
 * port that is wrong is read twice, with our rows read anew; one that does not answer is not known.
 */
export async function comparePorts(
  knex: Knex,
  { againAfterMs = AGAIN_AFTER_MS, ...deps }: PortComparisonDeps,
): Promise<Looked> {
  const first = await look(knex, deps);
  const ids = first.flatMap(({ device, faults }) => (faults.length > 0 ? [device.id] : []));
  if (ids.length > 0) await pause(againAfterMs);
  const second = ids.length > 0 ? await look(knex, deps, ids) : [];
  const settled = [...first.filter(({ device }) => !ids.includes(device.id)), ...second];
  return {
    invariant: { id: 'I8', name: 'portsAreAsAssigned' },
    rows: settled.flatMap(({ faults }) => faults),
    unknown: settled.flatMap(({ unknown }) => unknown),
  };
}

async function look(knex: Knex, { switches, sealer }: PortComparisonDeps, ids?: readonly string[]): Promise<Seen[]> {
  const ports = (await standingPorts(knex, ids)).filter((port) => expectedPort(port));
  const devices = await switchesOf(knex, ports);
  const asked = await askEach(devices, {
    device: ({ id }) => `switch:${id}`,
    ask: (device) => switches(accessTo(device, sealer)).readPorts(),
  });
  return devices.flatMap((device, place) => {
    const said = asked[place];
    return said
      ? [
          seenOf(
            device,
            said,
            ports.filter(({ switchId }) => switchId === device.id),
          ),
        ]
      : [];
  });
}

function seenOf(
  device: SwitchDevice,
  said: Asked<ReadonlyMap<number, BridgePort>>,
  ports: readonly StandingPort[],
): Seen {
  if ('unknown' in said) return { device, faults: [], unknown: [{ switch: device.name, why: said.unknown }] };
  const at = ({ name }: StandingPort) => ({ switch: device.name, port: name });
  const missing = ports.filter(({ ifIndex }) => !said.answer.has(ifIndex));
  const unknown = missing.map((port) => ({ ...at(port), why: `no interface ${port.ifIndex} is a port of its bridge` }));
  const faults = ports.flatMap((port) => {
    const [expected, found] = [expectedPort(port), said.answer.get(port.ifIndex)];
    if (!expected || !found || isAsExpected(expected, found)) return [];
    const { slug, label } = port;
    const about = { ...at(port), ...(label && { machine: label }), ...(slug && { service: slug }) };
    return [{ ...about, found: inWords(found), expected: inWords(expected) }];
  });
  return { device, unknown, faults };
}

/** `up, VLAN 100`; the VLANs that leave it untagged, where they are others. */
function inWords(port: ExpectedPort | BridgePort): string {
  if (!port.up) return 'down';
  const untagged = 'untagged' in port && port.untagged.join(' ') !== String(port.vlan) ? port.untagged : undefined;
  return `up, VLAN ${port.vlan}${untagged ? `, untagged ${untagged.join(' ') || 'none'}` : ''}`;
}
