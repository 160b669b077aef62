import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isProvisioningAddress } from './provisioning-networks.js';

const networks = suite('[SVC-10] provisioning networks');

const cases = [
  ['127.0.0.1', [], true],
  ['10.20.0.7', [], true],
  ['::ffff:192.168.4.4', [], true],
  ['fd00::7', [], true],
  ['203.0.113.9', [], false],
  ['2001:4860::1', [], false],
  ['', [], false],
  ['not an address', [], false],
  ['203.0.113.9', ['203.0.113.0/24'], true],
  ['10.20.0.7', ['203.0.113.0/24'], false],
  ['2001:db8:1::7', ['203.0.113.0/24', '2001:db8:1::/48'], true],
] as const;

for (const [address, named, answered] of cases) {
  networks(`“${address}” is ${answered ? '' : 'not '}answered from ${named.join(', ') || 'inner networks'}`, () => {
    assert.is(isProvisioningAddress(address, named), answered);
  });
}

networks.run();
