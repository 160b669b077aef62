import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../tests/support/failure.js';
import { suiteUnless } from '../tests/support/skipping.js';
import { exchange } from './http-exchange.js';

const exchanging = suite('HTTP exchange');
const limits = { timeoutMs: 500, maxBytes: 1_000 };
let server: Server;
let answer: RequestListener;

exchanging.before(async () => {
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
exchanging.after(() => {
  server.closeAllConnections();
  server.close();
});
const at = (path: string) => new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

exchanging('[SVC-10] sends a body with its length in octets and returns all of the answer', async () => {
  answer = async (request, response) => {
    const sent = `${request.method} ${request.url} ${request.headers['content-length']} ${await text(request)}`;
    response.writeHead(418, { etag: 'W/"1"' }).end(sent);
  };
  const { status, headers, body } = await exchange(at('/a?b=c'), { ...limits, method: 'PATCH', body: 'Ж' });
  assert.is(status, 418);
  assert.is(headers.etag, 'W/"1"');
  assert.is(body, 'PATCH /a?b=c 2 Ж');
});

exchanging('[SVC-10] does not follow a redirect', async () => {
  answer = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end();
  assert.is((await exchange(at('/'), limits)).status, 302);
});

exchanging('[SVC-10] gives up on an answer that drips', async () => {
  answer = (_request, response) => {
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  };
  assert.instance(await failureOf(exchange(at('/'), limits)), Error);
});

exchanging('[SVC-10] gives up on an answer that has no end', async () => {
  answer = (_request, response) => response.end('x'.repeat(1_001));
  assert.match(String(await failureOf(exchange(at('/'), limits))), 'longer than 1000 bytes');
});

exchanging.run();

const pair = certificate();
const certifying = suiteUnless(pair ? undefined : 'there is no openssl here', 'HTTPS exchange');

certifying('[SVC-10] a self-signed certificate is trusted only when that is asked for', async () => {
  const secure = createSecureServer(pair ?? {}, (_request, response) => response.end('here'));
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const url = new URL(`https://127.0.0.1:${(secure.address() as AddressInfo).port}`);
  assert.match(String(await failureOf(exchange(url, limits))), /self-signed/);
  assert.is((await exchange(url, { ...limits, trustsAnyCertificate: true })).body, 'here');
  secure.close();
});

/** Made anew, so that no private key lies in the repository; nothing where openssl is missing. */
function certificate(): { key: Buffer; cert: Buffer } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const paths = ['-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=127.0.0.1'];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...paths]);
  const pair = made.status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : undefined;
  rmSync(folder, { recursive: true });
  return pair;
}

certifying.run();
