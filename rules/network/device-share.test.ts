import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deviceShare } from './device-share.js';

const share = suite('[NET-01] sharing devices');
const devices = ['a', 'b', 'c', 'd', 'e'];
const [one, two] = ['one', 'two'];

const cases = [
  ['a single collector takes all', {}, 1, { keep: [], take: devices, giveBack: [] }],
  ['and keeps them', { a: one, b: one, c: one, d: one, e: one }, 1, { keep: devices, take: [], giveBack: [] }],
  [
    'where another comes, what is too much is given back',
    { a: one, b: one, c: one, d: one, e: one },
    2,
    { keep: ['a', 'b', 'c'], take: [], giveBack: ['d', 'e'] },
  ],
  ['what others hold is theirs', { a: two, b: two }, 2, { keep: [], take: ['c', 'd', 'e'], giveBack: [] }],
  ['of what is free one takes a part', { a: one }, 2, { keep: ['a'], take: ['b', 'c'], giveBack: [] }],
  ['a device that is there no more is let go', { a: one, gone: one }, 5, { keep: ['a'], take: [], giveBack: ['gone'] }],
] as const;
for (const [name, held, collectors, expected] of cases) {
  share(name, () => {
    assert.equal(deviceShare({ devices, held: new Map(Object.entries(held)), collectors, own: one }), expected);
  });
}

share('whoever comes and goes, after three rounds each device has one reader', () => {
  const names = fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's'), { minLength: 1 });
  fc.assert(
    fc.property(fc.nat(40), names, (count, collectors) => {
      const all = Array.from({ length: count }, (_, index) => `device-${index}`);
      const held = new Map(all.map((device) => [device, 'p']));
      if (!collectors.includes('p')) held.clear();
      for (const own of [...collectors, ...collectors, ...collectors]) {
        const { keep, take, giveBack } = deviceShare({ devices: all, held, collectors: collectors.length, own });
        for (const device of giveBack) held.delete(device);
        for (const device of [...keep, ...take]) held.set(device, own);
      }
      assert.is(held.size, all.length);
    }),
  );
});

share.run();
