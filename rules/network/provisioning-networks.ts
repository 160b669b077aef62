import ipaddr from 'ipaddr.js';

/** Never routed on the Internet: RFC 1918, RFC 4193, RFC 3927 and loopback, as `ipaddr.js` names them. */
const inner: readonly string[] = ['private', 'uniqueLocal', 'linkLocal', 'loopback'];

/**
 * Whether a machine under this address may be told how to install itself. An installer's script holds its token, and a
 * machine's former tenant knows its serial number: so only the networks that machines boot in are answered, those named
 * as CIDR or, where none are, inner ones alone.
 */
export function isProvisioningAddress(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const asking = ipaddr.process(address);
  if (networks.length === 0) return inner.includes(asking.range());
  return networks.some((network) => {
    const [base, length] = ipaddr.parseCIDR(network);
    return base.kind() === asking.kind() && asking.match(base, length);
  });
}
