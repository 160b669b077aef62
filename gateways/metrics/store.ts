import type { Knex } from 'knex';
import type { MetricsStore } from './metrics-store.js';
import { createPostgresMetrics } from './postgres.js';

export interface MetricsConfig {
  readonly rawMonths: number;
}

/** The store that the configuration names. */
export function metricsStoreOf({ rawMonths }: MetricsConfig, knex: Knex, now: () => Date): MetricsStore {
  return createPostgresMetrics({ knex, now, rawMonths });
}
