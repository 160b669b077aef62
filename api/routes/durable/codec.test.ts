import { defaultPayloadConverter } from '@temporalio/common';
import express from 'express';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCodec } from '../../../temporal-config/codec.js';
import { readablePayloads } from '../../../temporal-config/readable-payloads.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { createGuard } from '../../middleware/guard.js';
import { mount } from '../../routing.js';
import { codecRoutes } from './codec.js';

const endpoint = suite('codec endpoint');
const codec = createCodec(Buffer.alloc(32, 3));
const secret = 'a-long-secret-in-the-address-of-it';
const uiOrigin = 'http://127.0.0.1:8233';
const nobody = () => assert.unreachable('no session is needed here');
let ui: Visitor;

endpoint.before(async () => {
  const app = express();
  const open = (body: unknown) => readablePayloads(codec, body);
  const guard = createGuard({
    sessions: { customer: nobody, staff: nobody },
    readBrand: nobody,
    now: () => new Date(),
  });
  mount(app, codecRoutes({ codec: { secret, uiOrigin, open } }), guard);
  ui = await visit(app);
});
endpoint.after(() => ui.leave());

function ask(body: object, path = `/codec/${secret}/decode`): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: uiOrigin };
  return fetch(ui.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function sealedAsPosted(value: unknown) {
  const [sealed] = await codec.encode([defaultPayloadConverter.toPayload(value)]);
  const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
  const metadata = Object.entries(sealed?.metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]);
  return { metadata: Object.fromEntries(metadata), data: base64(sealed?.data) };
}

endpoint('opens what workflows hold, for the Temporal UI', async () => {
  const answer = await ask({ payloads: [await sealedAsPosted({ orderId: '7f' })] });
  assert.is(answer.headers.get('access-control-allow-origin'), uiOrigin);
  const { payloads } = (await answer.json()) as { payloads: { data: string }[] };
  assert.is(Buffer.from(payloads[0]?.data ?? '', 'base64').toString(), '{"orderId":"7f"}');
});

endpoint('answers the browser that asks first whether it may', async () => {
  const { status, headers } = await ui.request('OPTIONS', `/codec/${secret}/decode`, { origin: uiOrigin });
  assert.is(status, 204);
  assert.match(headers.get('access-control-allow-headers') ?? '', 'content-type');
});

endpoint('is not there for whoever guesses the address', async () => {
  assert.is((await ask({ payloads: [] }, '/codec/another-secret-of-the-same-sort/decode')).status, 404);
});

endpoint('refuses what is not payloads of this shop', async () => {
  const [sealed] = await createCodec(Buffer.alloc(32, 4)).encode([defaultPayloadConverter.toPayload('x')]);
  const data = Buffer.from(sealed?.data ?? []).toString('base64');
  const { metadata } = await sealedAsPosted('x');
  for (const body of [{}, { payloads: 'all' }, { payloads: [{ data: '%' }] }, { payloads: [{ metadata, data }] }]) {
    assert.is((await ask(body)).status, 400);
  }
});

endpoint.run();
