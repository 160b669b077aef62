import { domainToASCII } from 'node:url';

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST = 253;

/**
 * A host name as machines write it (RFC 1123): lower case, letters of other scripts as their `xn--` form (UTS 46),
 * without the dot of the root. Nothing where it is no full name: one label alone, an address, an empty label.
 */
export function asHostName(typed: string): string | undefined {
  const name = typed.trim().replace(/\.$/, '');
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(name)) return;
  const ascii = domainToASCII(name.toLowerCase());
  const labels = ascii.split('.');
  const top = labels.at(-1) ?? '';
  if (ascii.length > LONGEST || labels.length < 2 || /^\d+$/.test(top)) return;
  return labels.every((each) => label.test(each)) ? ascii : undefined;
}
