import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readMac } from './mac-address.js';

const macs = suite('[STF-04] MAC addresses as people write them');

for (const typed of [
  '3c:ec:ef:4a:91:0c',
  '3C-EC-EF-4A-91-0C',
  '3cecef4a910c',
  '3cec.ef4a.910c',
  ' 3c:ec:ef:4a:91:0c ',
]) {
  macs(`“${typed}” is one`, () => assert.is(readMac(typed), '3c:ec:ef:4a:91:0c'));
}
for (const typed of ['', '3c:ec:ef:4a:91', '3c:ec:ef:4a:91:0g', '3c:ec-ef:4a:91:0c', '3c:ec:ef:4a:91:0c:00']) {
  macs(`“${typed}” is none`, () => assert.is(readMac(typed), undefined));
}
macs('a group’s address and all zeros are no machine’s', () => {
  assert.is(readMac('01:00:5e:00:00:01'), undefined);
  assert.is(readMac('ff:ff:ff:ff:ff:ff'), undefined);
  assert.is(readMac('00:00:00:00:00:00'), undefined);
});

macs.run();
