import { request, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, isIPv4 } from 'node:net';
import type { Computer } from './computer.js';

const WITHIN_MS = 4_000;
const MAX_BYTES = 100_000;

/**
 * Brings a question into the computer's network: whoever holds the address there answers. Says whether anybody did; QEMU
 * asks for the address as a router would, and a computer that does not have it stays silent.
 */
export async function askThrough(computer: Computer, url: URL, response: ServerResponse): Promise<boolean> {
  if (!computer.isOn || !isIPv4(url.hostname)) return false;
  const port = await freePort();
  const forward = `tcp:127.0.0.1:${port}`;
  try {
    await computer.monitor(`hostfwd_add net ${forward}-${url.hostname}:${url.port || 80}`);
    const answer = await asked(port, url);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    return true;
  } catch {
    return false;
  } finally {
    await computer.monitor(`hostfwd_remove net ${forward}`).catch(() => undefined); // it may be off by now
  }
}

function asked(port: number, { host, pathname, search }: URL): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: pathname + search, headers: { host }, timeout: WITHIN_MS });
    call.once('timeout', () => call.destroy(new Error('nobody answers')));
    call.once('error', reject);
    call.once('response', (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > MAX_BYTES) call.destroy(new Error('too long'));
        parts.push(part);
      });
      answer.once('error', reject);
      answer.once('end', () => resolve({ status: answer.statusCode ?? 502, body: Buffer.concat(parts) }));
    });
    call.end();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
