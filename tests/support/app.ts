import type { Express } from 'express';
import { Model } from 'objection';
import { type AppDeps, createApp } from '../../api/app.js';
import type { RouteDeclaration } from '../../api/routing.js';
import { KeptTraffic } from './kept-traffic.js';
import { sealer } from './second-factor.js';
import { stubbedPayments } from './stubbed-payments.js';
import { stubbedProcesses } from './stubbed-processes.js';

/** What a test does not care for, as harmless as it can be. */
export function testDeps(differing: Partial<AppDeps> = {}): AppDeps {
  return {
    processes: stubbedProcesses(),
    payments: stubbedPayments(),
    metrics: new KeptTraffic(),
    knex: Model.knex(),
    publicUrl: 'http://shop.example',
    linkKey: 'a key for tests',
    netbootUrl: 'http://netboot.example',
    sealer,
    sessionKey: 'a key for tests, as long as a real one is',
    now: () => new Date(),
    logError: (reference, error) => console.error(reference, error),
    ...differing,
  };
}

const clocks = new WeakMap<Express, () => Date>();

/** What time it is to an app of tests: what a telephone beside it shows depends on it. */
export function clockOf(app: Express): () => Date {
  return clocks.get(app) ?? (() => new Date());
}

/** The web side over the test's database; with other routes than its own, for tests of what stands before them. */
export function testApp(differing: Partial<AppDeps> = {}, routes?: readonly RouteDeclaration[]): Express {
  const deps = testDeps(differing);
  const app = createApp(deps, routes && [...routes]);
  clocks.set(app, deps.now);
  return app;
}
