import type { Environment, RealParts } from './environment.js';
import type { MetalPlan } from './metal.js';
import type { Ports } from './ports.js';
import type { Secrets } from './secrets.js';

/** All that is decided before the first part starts. */
export interface ShopPlan {
  readonly data: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly environment: Environment;
  readonly real: RealParts;
  /** Absent where there is none: pretend machines alone. */
  readonly metal?: MetalPlan | undefined;
  readonly bundleCache: string;
  /** First of two ports through which the worker reaches Temporal and the database, where something is in between. */
  readonly workerThrough?: number | undefined;
  /** Migrates and seeds; runs once the database answers. */
  prepareData(): Promise<void>;
  /** What was measured before the shop was first started; after the data is there, beside everything else. */
  prepareTraffic(): Promise<void>;
}
