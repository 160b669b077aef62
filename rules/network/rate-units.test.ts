import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rateUnitFor } from './rate-units.js';

const units = suite('[NET-02] units of rates');
const cases: readonly [number, string][] = [
  [0, 'bit'],
  [0.4, 'bit'],
  [999, 'bit'],
  [1_000, 'kbit'],
  [999_999, 'kbit'],
  [1e6, 'Mbit'],
  [219_100_000, 'Mbit'],
  [1e9, 'Gbit'],
  [4e13, 'Tbit'],
];
for (const [rate, name] of cases)
  units(`${rate} bit/s are told in ${name}/s`, () => assert.is(rateUnitFor(rate).name, name));
units.run();
