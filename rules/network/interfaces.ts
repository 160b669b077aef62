/** The words by which a device tells its interfaces apart (RFC 2863); their numbers may change at each restart. */
export interface InterfaceNames {
  readonly ifIndex: number;
  readonly name: string;
  readonly descr: string;
  readonly alias: string;
}

export interface KnownPort {
  readonly portId: string;
  readonly ifIndex: number;
  /** As it was when the port was last read; nothing where it never was, or the device had no words for it. */
  readonly identity?: string | undefined;
}

/** In the order in which they are believed: an alias is set by people, and moves with what they connect. */
const kinds = ['name', 'descr', 'alias'] as const;

/** What each interface is known by: the first of its words that no other interface of the device has as well. */
export function identitiesOf(interfaces: readonly InterfaceNames[]): Map<number, string> {
  const identities = new Map<number, string>();
  for (const kind of kinds) {
    const counts = new Map<string, number>();
    for (const each of interfaces) counts.set(each[kind], (counts.get(each[kind]) ?? 0) + 1);
    for (const each of interfaces) {
      const alone = each[kind] !== '' && counts.get(each[kind]) === 1;
      if (alone && !identities.has(each.ifIndex)) identities.set(each.ifIndex, `${kind}:${each[kind]}`);
    }
  }
  return identities;
}

/** Where each port is now, by what it was known by before; a port that is nowhere any more is not in the answer. */
export function located(ports: readonly KnownPort[], interfaces: readonly InterfaceNames[]): Map<string, number> {
  const identities = identitiesOf(interfaces);
  const places = new Map([...identities].map(([ifIndex, identity]) => [identity, ifIndex]));
  const there = new Set(interfaces.map(({ ifIndex }) => ifIndex));
  const found = new Map<string, number>();
  for (const { portId, ifIndex, identity } of ports) {
    const place = identity === undefined ? undefined : places.get(identity);
    if (place !== undefined) found.set(portId, place);
    else if (identity === undefined && there.has(ifIndex)) found.set(portId, ifIndex);
    else if (there.has(ifIndex) && replaced(identities.get(ifIndex), ports)) found.set(portId, ifIndex);
  }
  return found;
}

/**
 * A name that no port had before: the interface was renamed or its card swapped, and the port is still the one at that
 * place.
 */
function replaced(identity: string | undefined, ports: readonly KnownPort[]): boolean {
  return !ports.some((port) => port.identity !== undefined && port.identity === identity);
}
