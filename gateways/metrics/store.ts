import type { Knex } from 'knex';
import { createInfluxMetrics, type InfluxAccess } from './influx.js';
import type { MetricsStore } from './metrics-store.js';
import { createPostgresMetrics } from './postgres.js';

export interface MetricsConfig {
  readonly rawMonths: number;
  readonly influx?: InfluxAccess | undefined;
}

/** The store that the configuration names: InfluxDB, or else the shop's own database. */
export function metricsStoreOf({ rawMonths, influx }: MetricsConfig, knex: Knex, now: () => Date): MetricsStore {
  return influx ? createInfluxMetrics({ ...influx, now, rawMonths }) : createPostgresMetrics({ knex, now, rawMonths });
}
