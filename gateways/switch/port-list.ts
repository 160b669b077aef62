/** A PortList (RFC 4363): bridge port 1 is the highest bit of the first octet. Lists are never changed, only made anew. */
export function contains(list: Buffer, bridgePort: number): boolean {
  return ((list[octetOf(bridgePort)] ?? 0) & bitOf(bridgePort)) !== 0;
}

/** The same list with this port in it; one that is too short grows. */
export function including(list: Buffer, bridgePort: number): Buffer {
  const wider = Buffer.alloc(Math.max(list.length, octetOf(bridgePort) + 1));
  list.copy(wider);
  return changed(wider, bridgePort, (octet, bit) => octet | bit);
}

export function excluding(list: Buffer, bridgePort: number): Buffer {
  return changed(Buffer.from(list), bridgePort, (octet, bit) => octet & ~bit);
}

function changed(list: Buffer, bridgePort: number, change: (octet: number, bit: number) => number): Buffer {
  const octet = list[octetOf(bridgePort)];
  if (octet !== undefined) list[octetOf(bridgePort)] = change(octet, bitOf(bridgePort));
  return list;
}

const octetOf = (bridgePort: number) => (bridgePort - 1) >> 3;
const bitOf = (bridgePort: number) => 0x80 >> ((bridgePort - 1) & 7);
