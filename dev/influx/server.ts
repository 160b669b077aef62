import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { InfluxAccess } from '../../gateways/metrics/influx.js';

export interface RunningInflux extends InfluxAccess {
  readonly version: string;
  readonly pid: number;
  close(): Promise<void>;
}

const PATIENCE_MS = 20_000;
const token = 'a-token-for-this-machine';
const [org, database] = ['quartermaster', 'traffic'];

/** InfluxDB on a free port of this machine, in a folder of its own that goes with it. */
export async function startInflux(program: string): Promise<RunningInflux> {
  const folder = await mkdtemp(join(tmpdir(), 'influx-'));
  const version = versionOf(program);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const first = version.startsWith('1.');
  const command = first ? await commandOf1(folder, port) : commandOf2(folder, port);
  const child = spawn(program, command, { stdio: 'ignore', env: { HOME: folder } });
  await untilAnswering(`${url}/ping`);
  if (first) await post(`${url}/query?q=${encodeURIComponent(`CREATE DATABASE ${database}`)}`);
  else await post(`${url}/api/v2/setup`, { username: 'shop', password: 'password', org, bucket: database, token });
  return {
    ...{ url, org, version, pid: child.pid ?? 0 },
    token: first ? 'shop:password' : token,
    bucket: first ? `${database}/autogen` : database,
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL'); // what it holds goes with it
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function versionOf(program: string): string {
  const said = execFileSync(program, ['version'], { encoding: 'utf8', env: { HOME: tmpdir() } });
  return (
    /v?(\d+\.\d+\.\d+)/.exec(said)?.[1] ?? (said.includes('v1') || said.includes('unknown') ? '1.8.10' : said.trim())
  );
}

function commandOf2(folder: string, port: number): string[] {
  const at = (name: string) => join(folder, name);
  const places = ['--bolt-path', at('bolt'), '--engine-path', at('engine'), '--sqlite-path', at('sqlite')];
  return ['run', ...places, '--http-bind-address', `127.0.0.1:${port}`, '--reporting-disabled', '--log-level', 'error'];
}

async function commandOf1(folder: string, port: number): Promise<string[]> {
  const file = join(folder, 'influxdb.conf');
  await writeFile(
    file,
    `reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[http]
  bind-address = "127.0.0.1:${port}"
  flux-enabled = true
  log-enabled = false
`,
  );
  return ['run', '-config', file];
}

async function untilAnswering(url: string): Promise<void> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await pause(50)) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
  }
  throw new Error(`InfluxDB does not answer at ${url}`);
}

async function post(url: string, body?: object): Promise<void> {
  const response = await fetch(url, { method: 'POST', ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
