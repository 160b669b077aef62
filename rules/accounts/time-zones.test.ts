import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { timeZones } from './time-zones.js';

const zones = suite('[IAM-01] time zones to choose from');

for (const [zone, offered] of [
  ['UTC', true],
  ['Europe/Paris', true],
  ['Europe/Kyiv', true],
  ['Europe/Kiev', false],
  ['Asia/Kolkata', true],
  ['Mars/Olympus', false],
] as const)
  zones(`${zone} is ${offered ? '' : 'not '}among them`, () => assert.is(timeZones.includes(zone), offered));

zones('each is one that moments are written by, and stands there once', () => {
  for (const timeZone of timeZones) new Intl.DateTimeFormat('en', { timeZone });
  assert.is(new Set(timeZones).size, timeZones.length);
});

zones.run();
