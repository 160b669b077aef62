import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { SwitchUnreachable } from './switch.js';

/** Where a host's packets go: it itself where it is an address, the first that its name has where it is a name. */
export async function deviceAddress(host: string): Promise<{ address: string; transport: 'udp4' | 'udp6' }> {
  const address = isIP(host) ? host : await addressOf(host);
  return { address, transport: isIP(address) === 6 ? 'udp6' : 'udp4' };
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw new SwitchUnreachable(`${host} has no address`, { cause: error });
  }
}
