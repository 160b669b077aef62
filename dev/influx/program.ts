import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../launcher/cache.js';

export const versions = ['2.9.1', '2.7.12', '1.8.10'] as const;

/**
 * Where InfluxDB's server is: as told by INFLUXD, found on PATH, or built into the cache earlier; nothing where it is
 * nowhere.
 */
export async function influxPrograms(): Promise<string[]> {
  if (process.env.INFLUXD) return [process.env.INFLUXD];
  const cache = await cacheFolder('influx');
  const places = [
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'influxd')),
    ...versions.map((version) => join(cache, `influxd-${version}`)),
  ];
  return places.filter((place) => existsSync(place));
}
