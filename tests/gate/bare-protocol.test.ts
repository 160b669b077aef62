import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { patienceWithVisitors } from '../../api/slow-visitors.js';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';

const gate = suite('[OPS] whoever speaks HTTP badly');
const faults: unknown[] = [];
const host = 'Host: shop.example\r\n';
const last = 'Connection: close\r\n\r\n';
const form = 'Content-Type: application/x-www-form-urlencoded\r\n';
let database: { close: () => Promise<void> };
let server: Server;

gate.before(async () => {
  database = await openDatabase();
  const app = testApp({ logError: (_reference, error) => faults.push(error) });
  server = createServer(patienceWithVisitors(400, 800), app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
gate.after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

/** All that is answered until the other side hangs up; some of it is sent later. */
async function said(text: string, drip = ''): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  let answer = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    answer += part;
  });
  const dripping = setInterval(() => drip && socket.write(drip), 100);
  socket.on('error', () => {});
  await once(socket, 'close');
  clearInterval(dripping);
  return answer;
}

const statusesOf = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

const refused: Readonly<Record<string, readonly [text: string, status: number]>> = {
  'no host': ['GET / HTTP/1.1\r\n\r\n', 400],
  'two lengths': [`POST /sign-in HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`, 400],
  'a length and chunks': [
    `POST /sign-in HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /orders HTTP/1.1\r\n${host}\r\n`,
    400,
  ],
  'chunks of an unknown kind': [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
  'bare line feeds': ['GET /sign-in HTTP/1.1\nHost: shop.example\n\n', 400],
  'a blank before a colon': [`GET /sign-in HTTP/1.1\r\nHost : x\r\n${host}\r\n`, 400],
  'a head without end': [`GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  'another protocol': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  'an address that is no text': [`GET /orders/%zz HTTP/1.1\r\n${host}${last}`, 400],
  'a null in an address': [`GET /orders/a%00b HTTP/1.1\r\n${host}${last}`, 404],
  'a form of a megabyte': [
    `POST /sign-in HTTP/1.1\r\n${host}${form}Content-Length: 1000000\r\nConnection: close\r\n\r\nname=${'a'.repeat(999_995)}`,
    413,
  ],
  'a form of a thousand fields': [
    `POST /sign-in HTTP/1.1\r\n${host}${form}Content-Length: 4000\r\n${last}${'a=1&'.repeat(1_000)}`,
    413,
  ],
  'a form in a code nobody reads': [
    `POST /sign-in HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded; charset=utf-7\r\nContent-Length: 3\r\n${last}a=b`,
    415,
  ],
  'a form that is packed badly': [
    `POST /sign-in HTTP/1.1\r\n${host}${form}Content-Encoding: gzip\r\nContent-Length: 3\r\n${last}a=b`,
    400,
  ],
};
for (const [what, [text, status]] of Object.entries(refused)) {
  gate(`with ${what} is answered ${status}, once`, async () => {
    assert.equal(statusesOf(await said(text)), [status]);
  });
}

gate('by asking twice in one breath is answered twice, in order', async () => {
  const first = `GET /terms/none HTTP/1.1\r\n${host}\r\n`;
  assert.equal(statusesOf(await said(`${first}GET /orders HTTP/1.1\r\n${host}${last}`)), [404, 303]);
});

gate('byte by byte, or not to the end, is hung up on', async () => {
  const halfHead = `POST /sign-in HTTP/1.1\r\n${host}`;
  assert.equal(statusesOf(await said(halfHead, 'X-A: 1\r\n')), [408]);
  const halfBody = `${halfHead}${form}Content-Length: 1000\r\n\r\nname=`;
  assert.equal(statusesOf(await said(halfBody, 'a')), [408]);
});

gate('was no fault of ours', () => {
  assert.equal(faults, []);
});

gate.run();
