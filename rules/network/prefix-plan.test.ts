import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type PrefixPlan, planPrefix } from './prefix-plan.js';

const plans = suite('[STF-03] a new prefix');

const shared = { block: '203.0.113.0/25', purpose: 'shared', gateway: '203.0.113.1', reserved: [] } as const;
const routed = { block: '198.51.100.0/24', purpose: 'routed', gateway: '', reserved: [] } as const;
const ipv6 = { block: '2001:db8:4a::/48', purpose: 'ipv6', gateway: '', reserved: [] } as const;

for (const plan of [
  shared,
  routed,
  ipv6,
  { ...shared, block: '10.0.0.0/16', gateway: '10.0.255.254' },
  { ...shared, reserved: ['203.0.113.2', '203.0.113.8/29'] },
  { ...ipv6, block: '2001:db8::/32', reserved: ['2001:db8::/64'] },
] satisfies PrefixPlan[]) {
  plans(`${plan.block}, ${plan.purpose}, is taken`, () => assert.ok('block' in planPrefix(plan)));
}

const refused: readonly [string, PrefixPlan, string, string][] = [
  ['what is no block', { ...shared, block: 'LIL2' }, 'block', 'none'],
  ['bits behind its length', { ...shared, block: '203.0.113.130/25' }, 'block', 'unaligned'],
  ['IPv6 that is said to be shared', { ...shared, block: '2001:db8::/64' }, 'block', 'family'],
  ['IPv4 that is said to be IPv6', { ...ipv6, block: '203.0.113.0/24' }, 'block', 'family'],
  ['multicast', { ...routed, block: '224.0.0.0/16' }, 'block', 'nobodys'],
  ['loopback', { ...routed, block: '127.0.0.0/16' }, 'block', 'nobodys'],
  ['link-local', { ...ipv6, block: 'fe80::/32' }, 'block', 'nobodys'],
  ['a single address', { ...shared, block: '203.0.113.7' }, 'block', 'length'],
  ['a point-to-point link', { ...shared, block: '203.0.113.0/31' }, 'block', 'length'],
  ['a /30 to cut blocks from', { ...routed, block: '198.51.100.0/30' }, 'block', 'length'],
  ['half the Internet', { ...routed, block: '128.0.0.0/1' }, 'block', 'length'],
  ['less than a /64', { ...ipv6, block: '2001:db8::/65' }, 'block', 'length'],
  ['a shared one without gateway', { ...shared, gateway: '' }, 'gateway', 'none'],
  ['a block as gateway', { ...shared, gateway: '203.0.113.0/30' }, 'gateway', 'none'],
  ['a gateway elsewhere', { ...shared, gateway: '203.0.113.129' }, 'gateway', 'outside'],
  ['the network’s own address as gateway', { ...shared, gateway: '203.0.113.0' }, 'gateway', 'edge'],
  ['the broadcast address as gateway', { ...shared, gateway: '203.0.113.127' }, 'gateway', 'edge'],
  ['a gateway for routed blocks', { ...routed, gateway: '198.51.100.1' }, 'gateway', 'unneeded'],
  ['a word among what is reserved', { ...shared, reserved: ['router'] }, 'reserved', 'none'],
  ['something reserved elsewhere', { ...shared, reserved: ['203.0.113.200'] }, 'reserved', 'outside'],
  ['the gateway, reserved besides', { ...shared, reserved: ['203.0.113.0/30'] }, 'reserved', 'gateway'],
  ['the same reserved twice', { ...shared, reserved: ['203.0.113.8/29', '203.0.113.9'] }, 'reserved', 'twice'],
  ['a single IPv6 address reserved', { ...ipv6, reserved: ['2001:db8:4a::5'] }, 'reserved', 'tooSmall'],
];

for (const [what, plan, field, problem] of refused) {
  plans(`${what} is refused`, () => {
    const outcome = planPrefix(plan);
    assert.ok(!('block' in outcome));
    assert.equal(
      outcome.map((each) => [each.field, each.problem]),
      [[field, problem]],
    );
  });
}

plans('the block that was perhaps meant is told', () => {
  assert.equal(planPrefix({ ...shared, block: '203.0.113.130/25' }), [
    { field: 'block', problem: 'unaligned', about: '203.0.113.128/25' },
  ]);
});

plans.run();
