import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { utilisationOf } from './utilisation.js';

const use = suite('[STF-03] utilisation of a prefix');
const nothing = { assigned: 0, reserved: 0, resting: 0 };
const shared = { block: '203.0.113.0/25', purpose: 'shared', gateway: '203.0.113.1', ...nothing } as const;
const routed = { block: '198.51.100.0/24', purpose: 'routed', gateway: null, ...nothing } as const;
const ipv6 = { block: '2001:db8:4a::/48', purpose: 'ipv6', gateway: null, ...nothing } as const;

for (const [what, counted, capacity, free, perMille] of [
  ['an empty shared /25', shared, 125, 125, 0],
  ['a shared /25 in part', { ...shared, assigned: 40, reserved: 10, resting: 5 }, 125, 70, 400],
  ['a full shared /30', { ...shared, block: '203.0.113.0/30', assigned: 1 }, 1, 0, 1_000],
  ['a routed /24 with two /29', { ...routed, assigned: 16 }, 256, 240, 63],
  ['an IPv6 /48 with three servers', { ...ipv6, assigned: 3 }, 65_536, 65_533, 0],
  ['an IPv6 /29', { ...ipv6, block: '2001:db0::/29' }, 2 ** 35, 2 ** 35, 0],
  ['a single /64', { ...ipv6, block: '2001:db8::/64', reserved: 1 }, 1, 0, 1_000],
  ['what rests is neither free nor used', { ...shared, resting: 125 }, 125, 0, 0],
] as const) {
  use(`${what}: ${free} of ${capacity} free, ${perMille} ‰ used`, () => {
    assert.equal(utilisationOf(counted), { capacity, free, perMille });
  });
}

use.run();
