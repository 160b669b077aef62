import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DeviceLease } from '../../models/servers/device-lease.js';
import { openDatabase } from '../../tests/support/database.js';
import { askEach } from './asked-devices.js';

const asking = suite('[WFL-06] asking many devices');
let database: { close: () => Promise<void> };
const device = (name: string) => `bmc:${name}`;
const never = new Promise<never>(() => {});

asking.before(async () => {
  database = await openDatabase();
});
asking.after(() => database.close());

asking('a dead one delays no other, and is not known', async () => {
  const names = ['dead', ...Array.from({ length: 20 }, (_, at) => `m${at}`)];
  const answeredAt: number[] = [];
  const ask = async (name: string) => {
    if (name === 'dead') return never;
    answeredAt.push(Date.now());
    return name;
  };
  const began = Date.now();
  const asked = await askEach(names, { device, ask, width: 4, patienceMs: 1_500 });
  assert.ok(Math.max(...answeredAt) - began < 1_400, 'all others were asked meanwhile');
  assert.equal(asked[0], { unknown: 'no answer in 1.5 s' });
  assert.equal(
    asked.slice(1),
    names.slice(1).map((answer) => ({ answer })),
  );
});

asking('no more of them than said are asked beside each other', async () => {
  let [now, most] = [0, 0];
  const ask = async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 20));
    now -= 1;
  };
  await askEach(
    Array.from({ length: 12 }, (_, at) => `w${at}`),
    { device, ask, width: 3 },
  );
  assert.is(most, 3);
});

asking('one that somebody else speaks to is left to them', async () => {
  const [now, until] = [new Date(), new Date(Date.now() + 60_000)];
  await DeviceLease.take('bmc:busy', 'another', now, until);
  const asked: string[] = [];
  const ask = async (name: string) => void asked.push(name);
  const said = await askEach(['busy', 'idle'], { device, ask });
  assert.equal([asked, said[0]], [['idle'], { unknown: 'somebody else speaks to it' }]);
  assert.equal(
    [...(await DeviceLease.holders('bmc:', now))],
    [['bmc:busy', 'another']],
    'what was taken is given back',
  );
});

asking('what a driver throws is why it is not known', async () => {
  const ask = async () => {
    throw new Error('wrong password');
  };
  assert.equal(await askEach(['one'], { device, ask }), [{ unknown: 'wrong password' }]);
});

asking.run();
