import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readIpmiAddress } from './ipmi-access.js';

const addresses = suite('[SVC-10] addresses of IPMI service processors');

const good = [
  ['192.0.2.7', '192.0.2.7', 623],
  ['bmc-7.example:6230', 'bmc-7.example', 6230],
  ['bmc7', 'bmc7', 623],
  ['2001:db8::7', '2001:db8::7', 623],
  ['[2001:db8::7]', '2001:db8::7', 623],
  ['[2001:db8::7]:624', '2001:db8::7', 624],
] as const;
for (const [typed, host, port] of good)
  addresses(`${typed} is port ${port} of ${host}`, () => assert.equal(readIpmiAddress(typed), { host, port }));

for (const typed of [
  '',
  '[192.0.2.7',
  '192.0.2.7]',
  '[192.0.2.7]',
  '192.0.2',
  '192.0.2.700',
  '-x',
  'a-.example',
  'a..b',
])
  addresses(`${JSON.stringify(typed)} is none`, () => assert.is(readIpmiAddress(typed), undefined));
for (const typed of [
  'host name',
  'bmc:0',
  'bmc:65536',
  'bmc:99999999',
  'a;reboot',
  '[::1',
  'fe80::1%eth0',
  'x'.repeat(254),
])
  addresses(`${typed.slice(0, 20)} is none`, () => assert.is(readIpmiAddress(typed), undefined));

addresses.run();
