import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blockOf, overlaps, readBlock, spanOf, within } from './blocks.js';

const blocks = suite('[STF-03] addresses as people write them');

for (const [typed, cidr, text] of [
  ['203.0.113.42', '203.0.113.42/32', '203.0.113.42'],
  [' 203.0.113.0/25 ', '203.0.113.0/25', '203.0.113.0/25'],
  ['0.0.0.0/0', '0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:4A::/48', '2001:db8:4a::/48', '2001:db8:4a::/48'],
  ['2001:db8:0:0:0:0:0:2', '2001:db8::2/128', '2001:db8::2'],
  ['::ffff:192.0.2.1', '::ffff:c000:201/128', '::ffff:c000:201'],
] as const) {
  blocks(`“${typed}” is ${cidr}`, () => {
    const read = blockOf(typed);
    assert.equal([read?.cidr, read?.text], [cidr, text]);
  });
}

for (const typed of [
  '',
  '1',
  '0x7f.1',
  '203.0.113',
  '203.0.113.256',
  '203.0.113.0/33',
  '::1/129',
  'fe80::1%eth0',
  'é',
]) {
  blocks(`“${typed}” is none`, () => assert.is(readBlock(typed), undefined));
}

blocks('bits behind the length are told, with the block that was perhaps meant', () => {
  assert.equal(readBlock('203.0.113.130/25'), { unaligned: '203.0.113.128/25' });
  assert.equal(readBlock('2001:db8:4a:1::/47'), { unaligned: '2001:db8:4a::/47' });
  assert.is(blockOf('203.0.113.130/25'), undefined);
});

for (const [one, other, apart] of [
  ['203.0.113.0/25', '203.0.113.128/25', true],
  ['203.0.113.0/25', '203.0.113.127', false],
  ['203.0.112.0/22', '203.0.113.0/25', false],
  ['2001:db8::/48', '2001:db8:1::/48', true],
] as const) {
  blocks(`${one} and ${other} ${apart ? 'lie apart' : 'overlap'}`, () => {
    assert.is(overlaps(spanOf(one), spanOf(other)), !apart);
    assert.is(overlaps(spanOf(other), spanOf(one)), !apart);
  });
}

blocks('a block lies within itself and a larger one', () => {
  assert.ok(within(spanOf('203.0.113.0/25'), spanOf('203.0.113.0/25')));
  assert.ok(within(spanOf('203.0.113.8/29'), spanOf('203.0.113.0/25')));
  assert.not(within(spanOf('203.0.112.0/23'), spanOf('203.0.113.0/25')));
});

blocks.run();
