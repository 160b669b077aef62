import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstFreeBlock, hostsOfBlock } from './subnets.js';

const subnets = suite('[SVC-10] free blocks');

const cases = [
  ['an empty prefix gives its first host', '203.0.113.0/24', 32, [], '203.0.113.1/32'],
  [
    'the gateway and what is in use are passed over',
    '203.0.113.0/29',
    32,
    ['203.0.113.1', '203.0.113.2/32'],
    '203.0.113.3/32',
  ],
  ['a hole is filled first', '203.0.113.0/29', 32, ['203.0.113.1', '203.0.113.3'], '203.0.113.2/32'],
  ['a full prefix has none', '203.0.113.0/30', 32, ['203.0.113.1', '203.0.113.2'], undefined],
  ['a block is aligned to its size', '198.51.100.0/24', 29, ['198.51.100.3'], '198.51.100.8/29'],
  ['a block inside a taken larger one is not free', '198.51.100.0/28', 29, ['198.51.100.0/28'], undefined],
  ['every server has its own IPv6 /64', '2001:db8:4a::/48', 64, ['2001:db8:4a::/64'], '2001:db8:4a:1::/64'],
  ['the last /64 can be given', '2001:db8::/63', 64, ['2001:db8::/64'], '2001:db8:0:1::/64'],
  ['what lies outside does not count', '203.0.113.0/24', 32, ['192.0.2.1', '203.0.114.0/24'], '203.0.113.1/32'],
] as const;

for (const [name, prefix, length, taken, found] of cases) {
  subnets(name, () => assert.is(firstFreeBlock({ prefix, length, taken }), found));
}

subnets('a routed block begins with its gateway', () => {
  assert.equal(hostsOfBlock('203.0.113.72/29'), { gateway: '203.0.113.73', server: '203.0.113.74' });
  assert.equal(hostsOfBlock('2001:db8:4a:1::/64'), { gateway: '2001:db8:4a:1::1', server: '2001:db8:4a:1::2' });
});

subnets.run();
