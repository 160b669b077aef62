import type { SwitchReader } from '../../gateways/switch/reader.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { identitiesOf, located } from '../../rules/network/interfaces.js';
import type { WatchedPort } from './counter-round.js';
import { type Interface, readInterfaces } from './interface-table.js';

/** A port of the inventory, and what the device says of it. */
export interface Port extends WatchedPort {
  readonly shown: Interface;
  /** The greater of what the inventory and the device say. */
  readonly speedMbit: number;
  link: boolean;
  linkSince: Date | null;
}

export interface PortTable {
  readonly ports: readonly Port[];
  readonly upSince: Date;
  readonly unreadable: number;
  /** How many ports were found under another number than before. */
  readonly renumbered: number;
}

interface Asked {
  readonly switchId: string;
  readonly reader: SwitchReader;
  readonly now: () => Date;
  /** What each port was known by when it was last read. */
  identityOf(portId: string): string | undefined;
}

/** Reads the device's interfaces and finds the inventory's ports among them; those that moved keep their new number. */
export async function readPortTable({ switchId, reader, now, identityOf }: Asked): Promise<PortTable> {
  const { interfaces, upTicks, unreadable } = await readInterfaces(reader);
  const upSince = new Date(now().getTime() - upTicks * 10);
  const rows = await SwitchPort.query().where({ switchId });
  const known = rows.map(({ id: portId, ifIndex }) => ({ portId, ifIndex, identity: identityOf(portId) }));
  const places = located(known, interfaces);
  const moved = new Map(
    [...places].filter(([id, place]) => rows.some((row) => row.id === id && row.ifIndex !== place)),
  );
  if (moved.size > 0) await SwitchPort.renumber(moved);

  const at = new Map(interfaces.map((each) => [each.ifIndex, each]));
  const identities = identitiesOf(interfaces);
  const ports = rows.flatMap(({ id: portId, speedMbit }): Port[] => {
    const shown = at.get(places.get(portId) ?? -1);
    if (!shown || shown.counterBits === null) return [];
    const { ifIndex, counterBits, saysDiscontinuity, link } = shown;
    const watched = { portId, ifIndex, identity: identities.get(ifIndex), counterBits, saysDiscontinuity };
    const since = linkSince(shown, upTicks, upSince);
    return [{ ...watched, shown, speedMbit: Math.max(speedMbit, shown.speedMbit), link, linkSince: since }];
  });
  return { ports, upSince, unreadable, renumbered: moved.size };
}

/** A device that says 0 has not seen it change since it started, or does not know. */
function linkSince({ lastChangeTicks }: Interface, upTicks: number, upSince: Date): Date | null {
  if (!lastChangeTicks || lastChangeTicks > upTicks) return null;
  return new Date(upSince.getTime() + lastChangeTicks * 10);
}
