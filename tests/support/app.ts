import type { Express } from 'express';
import { Model } from 'objection';
import { type AppDeps, createApp } from '../../api/app.js';
import { stubbedProcesses } from './stubbed-processes.js';

/** The web side over the test's database; what a test does not care for is as harmless as it can be. */
export function testApp(differing: Partial<AppDeps> = {}): Express {
  return createApp({
    processes: stubbedProcesses(),
    knex: Model.knex(),
    publicUrl: 'http://shop.example',
    sessionKey: 'a key for tests, as long as a real one is',
    now: () => new Date(),
    logError: (reference, error) => console.error(reference, error),
    ...differing,
  });
}
