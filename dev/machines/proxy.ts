import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import ipaddr from 'ipaddr.js';
import type { Faults } from '../faults.js';
import type { Cable } from './cable.js';
import type { Machine } from './machine.js';
import type { NetworkList } from './machine-list.js';

const SLOW_MS = 10_000;

interface Ways {
  readonly cable: Cable;
  readonly networks: NetworkList;
  readonly faults: Faults;
  /** Asked for what none of these machines holds; says whether it was answered. */
  readonly beyond?: ((url: URL, response: ServerResponse) => Promise<boolean>) | undefined;
}

/** The way into customers' networks: a forward proxy (RFC 9112 §3.2.2) behind which whoever holds an address answers. */
export function createProxy(machines: readonly Machine[], { cable, networks, faults, beyond }: Ways) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '');
    const { hostname, pathname } = url;
    const machine = machines.find((each) => holds(each, hostname));
    if (!machine && (await beyond?.(url, response))) return;
    if (!machine || !(await isReached(machine, hostname))) return answer(response, 504, { error: 'nobody answers' });

    const fault = faults.take(machine.known.id, 'answer');
    if (fault?.kind === 'dead' || fault?.kind === 'silent') return answer(response, 504, { error: 'nobody answers' });
    if (fault?.kind === 'slow') await delay(fault.delayMs ?? SLOW_MS);
    const serial = fault?.kind === 'wrong' ? `OTHER-${machine.known.serial}` : machine.known.serial;
    const { hostname: name, system } = machine.state.disk ?? {};
    if (pathname !== '/.well-known/quartermaster')
      return answer(response, 404, { error: `${name} has no ${pathname}` });
    answer(response, 200, { serial, hostname: name, system });
  };

  async function isReached({ known }: Machine, address: string): Promise<boolean> {
    const { carries, vlan } = await cable.port(known);
    const network = networks.find(({ prefix }) => isInside(address, prefix));
    return carries && (!network || vlan === undefined || vlan === network.vlan);
  }
}

/** Only what is installed, switched on and booted answers. */
function holds({ state: { stage, disk } }: Machine, host: string): boolean {
  return stage === 'running' && (disk?.addresses ?? []).some(({ address }) => isSame(address, host));
}

function isSame(cidr: string, host: string): boolean {
  const [address = ''] = cidr.split('/');
  const other = bare(host);
  return ipaddr.isValid(address) && ipaddr.isValid(other) && normal(address) === normal(other);
}

function isInside(host: string, prefix: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(prefix);
  const address = ipaddr.parse(bare(host));
  return address.kind() === network.kind() && address.match(network, bits);
}

const bare = (host: string) => host.replace(/^\[|\]$/g, '');
const normal = (address: string) => ipaddr.parse(address).toNormalizedString();

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
