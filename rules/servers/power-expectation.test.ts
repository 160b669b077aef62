import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expectedPower, type PowerStanding } from './power-expectation.js';

const expected = suite('[WFL-06] how a machine ought to stand');
const running = { status: 'active', isSuspended: false } as const;
const inUse: PowerStanding = { machine: 'in_service', service: running, isInstalling: false, last: undefined };
const inStock: PowerStanding = { machine: 'ready', service: undefined, isInstalling: false, last: undefined };

const cases: readonly (readonly [string, PowerStanding, ReturnType<typeof expectedPower>])[] = [
  ['in use it is on', inUse, 'on'],
  ['in stock it is off', inStock, 'off'],
  ['in quarantine it is off', { ...inStock, machine: 'quarantined' }, 'off'],
  ['wiped it is off', { ...inStock, machine: 'tested' }, 'off'],
  ['held for half an hour it is off still', { ...inStock, service: { ...running, status: 'ordered' } }, 'off'],
  ['switched off by its customer it is off', { ...inUse, last: { command: 'off', status: 'done' } }, 'off'],
  ['restarted it is on', { ...inUse, last: { command: 'cycle', status: 'done' } }, 'on'],
  ['switched on by staff it is on in stock', { ...inStock, last: { command: 'on', status: 'done' } }, 'on'],
  ['asked just now, either way', { ...inUse, last: { command: 'off', status: 'running' } }, undefined],
  ['asked in vain, either way', { ...inUse, last: { command: 'off', status: 'failed' } }, undefined],
  ['being installed, either way', { ...inUse, isInstalling: true }, undefined],
  ['suspended, either way', { ...inUse, service: { ...running, isSuspended: true } }, undefined],
  ['in service for nobody, either way', { ...inUse, service: undefined }, undefined],
  ['being tested, either way', { ...inStock, machine: 'testing' }, undefined],
  ['being prepared, either way', { ...inUse, machine: 'provisioning' }, undefined],
  ['set aside, either way', { ...inStock, machine: 'failed_provisioning' }, undefined],
];
for (const [words, standing, power] of cases) expected(words, () => assert.is(expectedPower(standing), power));

expected.run();
