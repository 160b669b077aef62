import ipaddr from 'ipaddr.js';

/**
 * Where an address is: an IPv4 address by itself, an IPv6 one by its network of 64 bits, because within that a computer
 * takes a new address each day by itself (RFC 8981). An address that cannot be read is a place of its own.
 */
export function placeOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const read = ipaddr.process(address); // `::ffff:192.0.2.1` is 192.0.2.1
  if (read instanceof ipaddr.IPv4) return read.toString();
  const network = read.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}

/** Whether a sign-in is to be told of: from a place never seen, by somebody who was seen elsewhere before. */
export function isNewPlace(place: string, seen: readonly string[]): boolean {
  return seen.length > 0 && !seen.includes(place);
}
