import ipaddr from 'ipaddr.js';

/** IPMI 2.0 §13.17 and §22.30, in bytes: a longer name or password would be cut, and another one than was meant be tried. */
export const LONGEST_IPMI_NAME = 16;
export const LONGEST_IPMI_PASSWORD = 20;

const USUAL_PORT = 623;
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export interface IpmiAddress {
  readonly host: string;
  readonly port: number;
}

/** `192.0.2.7`, `bmc-7.example:6230`, `[2001:db8::7]:623`; nothing for what is none. An IPv6 address alone needs no brackets. */
export function readIpmiAddress(typed: string): IpmiAddress | undefined {
  if (isIpv6(typed)) return { host: typed, port: USUAL_PORT };
  const [, inBrackets, plain = '', number = String(USUAL_PORT)] =
    typed.match(/^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::(\d{1,5}))?$/i) ?? [];
  const port = Number(number);
  if (port < 1 || port > 65_535) return undefined;
  if (inBrackets !== undefined) return isIpv6(inBrackets) ? { host: inBrackets, port } : undefined;
  const isIpv4 = ipaddr.IPv4.isValidFourPartDecimal(plain);
  return isIpv4 || (hostName.test(plain) && !/^[\d.]+$/.test(plain)) ? { host: plain, port } : undefined;
}

/** Without a zone, which would be one of this machine's own. */
function isIpv6(text: string): boolean {
  return ipaddr.IPv6.isValid(text) && !text.includes('%');
}
