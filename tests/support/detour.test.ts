import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freePort } from './cluster.js';
import { Detour } from './detour.js';

const detours = suite('detour');
let echo: Server;
let detour: Detour;
let port: number;

detours.before(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  port = await freePort();
  detour = await Detour.open(port, (echo.address() as AddressInfo).port);
});
detours.after(async () => {
  await detour.close();
  echo.close();
});

/** What comes back for a word, or that nothing does. */
async function said(word: string, socket = connect(port, '127.0.0.1')): Promise<string> {
  socket.on('error', () => {});
  socket.write(word);
  const heard = once(socket, 'data').then(String, () => 'broken');
  return Promise.race([heard, pause(500).then(() => 'silence')]);
}

detours('leads there and back, is silent while it is cut, and leads again', async () => {
  const standing = connect(port, '127.0.0.1');
  assert.is(await said('one', standing), 'one');
  detour.cut();
  assert.is(await said('two', standing), 'silence');
  assert.is(await said('three'), 'silence');
  const over = once(standing, 'close');
  detour.mend();
  await over;
  assert.is(await said('four'), 'four');
});

detours.run();
