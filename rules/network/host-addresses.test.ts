import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hostAddress, primaryAddress } from './host-addresses.js';

const addresses = suite('[SVC-10] addresses on a server');
const shared = { block: '203.0.113.0/24', gateway: '203.0.113.1' };
const routed = { block: '198.51.100.0/24', gateway: null };
const ipv6 = { block: '2001:db8:4a::/48', gateway: null };

for (const { what, held, expected } of [
  {
    what: 'a single address lives in its shared prefix',
    held: { block: '203.0.113.42', role: 'primary', prefix: shared },
    expected: { address: '203.0.113.42', length: 24, gateway: '203.0.113.1' },
  },
  {
    what: 'a block of one’s own begins with its gateway',
    held: { block: '198.51.100.8/29', role: 'routed', prefix: routed },
    expected: { address: '198.51.100.10', length: 29, gateway: '198.51.100.9' },
  },
  {
    what: 'so does an IPv6 network',
    held: { block: '2001:db8:4a:31c::/64', role: 'ipv6', prefix: ipv6 },
    expected: { address: '2001:db8:4a:31c::2', length: 64, gateway: '2001:db8:4a:31c::1' },
  },
] as const) {
  addresses(what, () => assert.equal(hostAddress(held), expected));
}

addresses('a server is known by its IPv4 address', () => {
  const six = { block: '2001:db8:4a:31c::/64', role: 'ipv6', prefix: ipv6 } as const;
  const four = { block: '198.51.100.8/29', role: 'routed', prefix: routed } as const;
  assert.is(primaryAddress([six, four]), '198.51.100.10');
  assert.is(primaryAddress([six]), undefined);
});

addresses.run();
