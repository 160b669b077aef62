import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type ExpectedPort,
  expectedPort,
  type FoundPort,
  isAsExpected,
  type PortStanding,
} from './port-expectation.js';

const expected = suite('[WFL-06] how a port ought to be');
const running = { status: 'active', isSuspended: false, vlan: 100 } as const;

const cases: readonly (readonly [string, PortStanding, ExpectedPort | undefined])[] = [
  ['open in its VLAN for a service that runs', { service: running, machine: 'in_service' }, { up: true, vlan: 100 }],
  [
    'either way while its service is prepared',
    { service: { ...running, status: 'preparing' }, machine: 'leased' },
    undefined,
  ],
  [
    'either way while its service is suspended',
    { service: { ...running, isSuspended: true }, machine: 'in_service' },
    undefined,
  ],
  ['shut at a machine in stock', { service: undefined, machine: 'ready' }, { up: false }],
  ['shut at a machine in quarantine', { service: undefined, machine: 'quarantined' }, { up: false }],
  ['either way at a machine that staff test', { service: undefined, machine: 'testing' }, undefined],
  ['either way where no machine of ours is', { service: undefined, machine: undefined }, undefined],
];
for (const [words, standing, port] of cases) expected(words, () => assert.equal(expectedPort(standing), port));

const open: ExpectedPort = { up: true, vlan: 100 };
const found: FoundPort = { up: true, vlan: 100, untagged: [100] };
const looks: readonly (readonly [string, ExpectedPort, FoundPort, boolean])[] = [
  ['open, and found so', open, found, true],
  ['open, and found shut', open, { ...found, up: false }, false],
  ['open, and found in another VLAN', open, { ...found, vlan: 2001, untagged: [2001] }, false],
  ['open, and a second VLAN leaks out of it', open, { ...found, untagged: [100, 2001] }, false],
  ['open, and its own VLAN does not leave it', open, { ...found, untagged: [] }, false],
  ['shut, and found open', { up: false }, found, false],
  ['shut, wherever it is', { up: false }, { ...found, up: false }, true],
];
for (const [words, wanted, port, fine] of looks) expected(words, () => assert.is(isAsExpected(wanted, port), fine));

expected.run();
