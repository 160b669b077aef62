/**
 * A network card's address as the database keeps it, `3c:ec:ef:4a:91:0c`, from any of the ways people write it; nothing
 * for what is none, or is a group's (IEEE 802, the lowest bit of the first byte) or all zeros.
 */
export function readMac(typed: string): string | undefined {
  const digits = typed.trim().toLowerCase().replaceAll(/[:.-]/g, '');
  const grouped = /^([0-9a-f]{2}([:-]?))([0-9a-f]{2}\2){4}[0-9a-f]{2}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i;
  if (!grouped.test(typed.trim()) || /^0+$/.test(digits)) return undefined;
  if (Number.parseInt(digits.slice(0, 2), 16) & 1) return undefined;
  return digits.match(/../g)?.join(':');
}
