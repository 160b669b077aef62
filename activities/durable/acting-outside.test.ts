import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StopKind } from '../../rules/durable/stops.js';
import { createActivities } from '../index.js';
import { actingOutside, stopsOver } from './acting-outside.js';

const acting = suite('[WFL-06] what an emergency stop holds');
const registered = Object.keys(createActivities({ now: () => new Date() } as never));

acting('is told of every activity, and of none that is not there', () => {
  assert.equal(Object.keys(actingOutside).sort(), [...registered].sort());
});

const click = { invoiceId: 'i1', attemptId: 'a1', onSession: true };
const bySchedule = { ...click, onSession: false };

const cases: readonly [activity: string, asked: unknown, stops: readonly StopKind[] | undefined][] = [
  ['createCharge', 'a1', ['all', 'charges']],
  ['confirmCharge', 'a1', ['all', 'charges']],
  ['refundPayments', 'i1', ['all', 'charges']],
  ['cancelCharge', 'a1', undefined],
  ['lookUpCharge', 'a1', undefined],
  ['openAttempt', click, undefined],
  ['openAttempt', { ...bySchedule, by: { staffId: 's1', address: '192.0.2.7' } }, undefined],
  ['openAttempt', bySchedule, ['all', 'dunning']],
  ['suspendService', 'c1', ['all', 'dunning']],
  ['pushPower', 'p1', ['all', 'power']],
  ['powerOn', {}, ['all', 'installations', 'power']],
  ['setNetworkBoot', {}, ['all', 'installations', 'power']],
  ['openPort', 's1', ['all', 'installations']],
  ['prepareInstallation', {}, ['all', 'installations']],
  ['sendWelcome', 's1', ['all', 'mails']],
  ['sendAccountLetter', 'l1', ['all', 'mails']],
  ['handOver', {}, undefined],
  ['reserveServer', 's1', undefined],
];
for (const [activity, asked, stops] of cases) {
  acting(`${activity} ${JSON.stringify(asked)} is held by ${stops?.join(', ') ?? 'nothing'}`, () => {
    assert.equal(stopsOver(activity, [asked])?.stops, stops);
  });
}

acting.run();
