import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../tests/support/failure.js';
import { readyBlock } from './block.js';
import { isAlive } from './leftovers.js';
import { type Part, PartFailed } from './part.js';
import { program } from './program.js';
import { AlreadyRunning, Records } from './records.js';
import { inOrder, PortTaken, startParts, stopParts } from './shop.js';

const shop = suite('starting and stopping parts');
const never = new AbortController().signal;
let folder: string;
let records: Records;
let told: string[];

shop.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'quartermaster-shop-'));
  records = new Records(folder);
  told = [];
});
shop.after.each(() => {
  records.close();
  rmSync(folder, { recursive: true });
});

function part(name: string, after: string[] = [], differing: Partial<Part> = {}): Part {
  const stop = async () => void told.push(`${name} stopped`);
  const start = async () => {
    told.push(`${name} started`);
    return { stop };
  };
  return { name, kind: 'embedded', after, start, ...differing };
}

const waiting = (command: string, ready = async () => true) =>
  program({ name: 'sleeper', after: [], command: [process.execPath, '-e', command], ready });

shop('goes up as parts wait for one another, and down the other way', async () => {
  const parts = [part('shop', ['data']), part('data', ['database']), part('database')];
  await stopParts(await startParts(parts, records, never), records);
  const up = ['database started', 'data started', 'shop started'];
  assert.equal(told, [...up, 'shop stopped', 'data stopped', 'database stopped']);
});

shop('is told when parts wait for one another in a circle, or for nobody', () => {
  assert.throws(() => inOrder([part('a', ['b']), part('b', ['a'])]), /waits for/);
  assert.throws(() => inOrder([part('a', ['z'])]), /which there is not/);
});

shop('stops what had started when one part fails, and says which, with its last words', async () => {
  const broken = { ...waiting('console.error("no licence"); process.exit(3)', async () => false), after: ['database'] };
  const failure = await failureOf(startParts([part('database'), broken], records, never));
  assert.instance(failure, PartFailed);
  assert.match((failure as PartFailed).report, /sleeper did not start: .*exit code 3.*no licence/s);
  assert.equal(told, ['database started', 'database stopped']);
});

shop('does not start a part whose port is taken, and names the option', async () => {
  const holder: Server = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const failure = await failureOf(startParts([part('web', [], { ports: [{ port }] })], records, never));
  holder.close();
  assert.instance(failure, PortTaken);
  assert.match(String(failure), new RegExp(`${port}.*web.*--port-base`, 's'));
  assert.equal(told, []);
});

shop('kills a process that does not go when it is asked', async () => {
  const stubborn = program({
    name: 'stubborn',
    after: [],
    command: [
      process.execPath,
      '-e',
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`,
    ],
    ready: async () => records.told('stubborn').lastLines.includes('up'),
    stopsWithinMs: 200,
  });
  const started = await startParts([stubborn], records, never);
  const pid = started[0]?.running.child?.pid ?? 0;
  assert.ok(isAlive(pid));
  await stopParts(started, records);
  assert.not.ok(isAlive(pid));
});

shop('finds and stops what a killed launcher left, and nothing under an id given out again', async () => {
  const started = await startParts([waiting('setInterval(() => {}, 1000)')], records, never);
  const pid = started[0]?.running.child?.pid ?? 0;
  const reused = JSON.stringify({ pid: process.pid, bornAt: 'another time' });
  writeFileSync(join(folder, 'running', 'stranger.json'), reused);
  assert.equal(await new Records(folder).stopLeftovers(), ['sleeper']);
  while (isAlive(pid)) await pause(20);
});

shop('lets one launcher at a time work on a data folder', () => {
  records.claim();
  assert.throws(
    () => new Records(folder).claim(),
    (error: unknown) => error instanceof AlreadyRunning,
  );
});

shop('prints what is real, where it is and who may sign in', () => {
  const listed = [
    { part: part('shop', [], { url: 'http://127.0.0.1:3000' }), tookMs: 1_240 },
    { part: part('mail', [], { kind: 'real', url: 'smtp://mail' }), tookMs: 0 },
    { part: part('demo shop'), tookMs: 300 },
  ];
  const people = [
    { who: 'customer', email: 'olha@example.org', password: 'a-b', url: 'http://127.0.0.1:3000/sign-in' },
    {
      who: 'staff',
      email: 'ivan@example.org',
      password: 'c-d',
      url: 'http://x/staff/sign-in',
      secondFactor: 'GEZDGNBV',
    },
  ];
  const block = readyBlock(listed, people, 9_410);
  assert.match(block, /^Ready in 9\.4 s\n/);
  assert.match(block, /shop {2}embedded {2}1\.2 s {2}http:\/\/127\.0\.0\.1:3000\n/);
  assert.match(block, /mail {2}real/);
  assert.match(block, 'olha@example.org');
  assert.match(block, /npm run demo-code .*GEZDGNBV/);
  assert.not.match(block, 'demo shop');
});

shop.run();
