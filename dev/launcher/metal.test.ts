import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suiteUnless } from '../../tests/support/skipping.js';
import { missingForMetal } from '../metal/packages.mjs';
import { planMetal } from './metal.js';
import { portsFrom } from './ports.js';

const planning = suiteUnless(missingForMetal(), '[SVC-10] the machine in QEMU');
const ports = portsFrom(4000);
let data: string;

planning.before.each(() => {
  data = mkdtempSync(join(tmpdir(), 'quartermaster-metal-'));
});
planning.after.each(() => rmSync(data, { recursive: true }));

planning('is left out with --light, and where the environment leads machines or probes elsewhere', async () => {
  assert.is(await planMetal({}, { data, light: true }, ports), undefined);
  for (const env of [
    { NETBOOT_URL: 'http://10.1.0.1' },
    { NETBOOT_IMAGES: '/srv/images' },
    { PROBE_PROXY: 'http://10.1.0.2' },
  ]) {
    assert.is(await planMetal(env, { data, light: false }, ports), undefined);
  }
  assert.not.ok(existsSync(join(data, 'netboot')));
});

planning(
  'shares its installers’ folder with pretend machines, which find images in it from the beginning',
  async () => {
    const plan = await planMetal({}, { data, light: false }, ports);
    assert.is(plan?.netbootUrl, 'http://10.0.2.2:4000');
    const kernel = join(plan?.images ?? '', 'debian-13/kernel');
    assert.match(readFileSync(kernel, 'utf8'), 'Quartermaster');
    rmSync(kernel);
    symlinkSync(join(data, 'emptied-cache/kernel'), kernel);
    await planMetal({}, { data, light: false }, ports);
    assert.match(readFileSync(kernel, 'utf8'), 'Quartermaster');
  },
);

planning.run();
