import { defaultPayloadConverter } from '@temporalio/common';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../tests/support/failure.js';
import { createCodec } from './codec.js';

const sealing = suite('payload codec');
const key = Buffer.alloc(32, 7);
const letter = { orderId: '0b9c', note: 'Привіт' };
const payload = defaultPayloadConverter.toPayload(letter);

async function sealed(codec = createCodec(key)) {
  const [first] = await codec.encode([payload]);
  assert.ok(first);
  return first;
}

sealing('gives back what it was given, under a fresh nonce each time', async () => {
  const [once, again] = [await sealed(), await sealed()];
  assert.not.equal(once.data, again.data);
  const opened = await createCodec(key).decode([once, again]);
  assert.equal(
    opened.map((each) => defaultPayloadConverter.fromPayload(each)),
    [letter, letter],
  );
});

sealing('leaves nothing readable', async () => {
  assert.not.match(Buffer.from((await sealed()).data ?? []).toString('latin1'), 'orderId');
});

sealing('passes what was never sealed', async () => {
  assert.equal(await createCodec(key).decode([payload]), [payload]);
});

sealing('does not open with another key, in another way, or after a change', async () => {
  const good = await sealed();
  const changed = { ...good, data: Uint8Array.from(good.data ?? [], (byte, at) => (at === 20 ? byte ^ 1 : byte)) };
  await failureOf(createCodec(Buffer.alloc(32, 8)).decode([good]));
  const another = { ...good, metadata: { ...good.metadata, 'encryption-key-id': Buffer.from('2') } };
  await failureOf(createCodec(key).decode([another]));
  await failureOf(createCodec(key).decode([changed]));
});

sealing('opens what was sealed before the key was changed, and seals under the new one', async () => {
  const [before, next] = [await sealed(), Buffer.alloc(32, 8)];
  const changed = createCodec(next, [key]);
  const [opened] = await changed.decode([before]);
  assert.equal(opened && defaultPayloadConverter.fromPayload(opened), letter);
  const after = await sealed(changed);
  await failureOf(createCodec(key).decode([after]));
  await createCodec(next).decode([after]);
});

sealing.run();
