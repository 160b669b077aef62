import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSealer } from './sealing.js';

const sealing = suite('[SVC-03] sealed secrets');
const sealer = createSealer(randomBytes(32));

sealing('open under the key that sealed them', () => {
  assert.is(sealer.open(sealer.seal('пароль s3cret')), 'пароль s3cret');
});

sealing('never look alike, and never show what they hold', () => {
  const [one, other] = [sealer.seal('s3cret'), sealer.seal('s3cret')];
  assert.not.equal(one, other);
  assert.not.match(one.toString('latin1'), 's3cret');
});

sealing('stay closed under another key, or when one bit was turned', () => {
  const sealed = sealer.seal('s3cret');
  assert.throws(() => createSealer(randomBytes(32)).open(sealed));
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  assert.throws(() => sealer.open(sealed));
});

sealing('open under a key that was, and are sealed under the one that is', () => {
  const [before, now] = [randomBytes(32), randomBytes(32)];
  const changed = createSealer(now, [before]);
  assert.is(changed.open(createSealer(before).seal('s3cret')), 's3cret');
  assert.is(createSealer(now).open(changed.seal('s3cret')), 's3cret');
  assert.throws(() => createSealer(now).open(createSealer(before).seal('s3cret')));
});

sealing('are sealed anew under the key that is, once, and only by who can open them', () => {
  const [before, now] = [randomBytes(32), randomBytes(32)];
  const changed = createSealer(now, [before]);
  const anew = changed.reseal(createSealer(before).seal('s3cret'));
  assert.is(anew && createSealer(now).open(anew), 's3cret');
  assert.is(anew && changed.reseal(anew), undefined);
  assert.throws(() => changed.reseal(createSealer(randomBytes(32)).seal('s3cret')));
});

sealing.run();
