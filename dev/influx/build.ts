import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../launcher/cache.js';

const VERSION = '1.8.10';

// InfluxDB 1.8 is pure Go and speaks to the same client as 2.x: enough to run the contract of the metrics store on it.
const cache = await cacheFolder('influx');
const kept = join(cache, `influxd-${VERSION}`);
if (!existsSync(kept)) {
  const folder = await mkdtemp(join(cache, 'building-'));
  try {
    const env = { ...process.env, GOBIN: folder };
    console.log(`Building influxd ${VERSION} with Go: a minute or two`);
    const wanted = `github.com/influxdata/influxdb/cmd/influxd@v${VERSION}`;
    execFileSync('go', ['install', wanted], { env, stdio: 'inherit' });
    await rename(join(folder, 'influxd'), kept);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
console.log(kept);
