import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type LinkState, type LinkTimes, linkState } from './link-state.js';

const links = suite('[IAM-01] [IAM-03] links that are sent');
const now = new Date('2026-11-23T14:20:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const fresh: LinkTimes = { usedAt: null, replacedAt: null, expiresAt: after };

const table: [what: string, times: LinkTimes, state: LinkState][] = [
  ['in time', fresh, 'open'],
  ['in its last moment', { ...fresh, expiresAt: now }, 'expired'],
  ['late', { ...fresh, expiresAt: before }, 'expired'],
  ['whose letter was never written', { ...fresh, expiresAt: null }, 'expired'],
  ['used', { ...fresh, usedAt: before }, 'used'],
  ['used, and late besides', { ...fresh, usedAt: before, expiresAt: before }, 'used'],
  ['after which a newer one was asked for', { ...fresh, replacedAt: before }, 'replaced'],
  ['replaced, and late besides', { ...fresh, replacedAt: before, expiresAt: before }, 'replaced'],
];
for (const [what, times, state] of table) {
  links(`one ${what} is ${state}`, () => {
    assert.is(linkState(times, now), state);
  });
}

links.run();
