import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type InstallationAnswers, installScript, localBootScript } from '../../gateways/netboot/netboot.js';

export interface Call {
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** The shop as a machine meets it while it is installed: script, images, answers, call-backs; all calls are kept. */
export class Portal {
  readonly calls: Call[] = [];
  token = 'token-of-one-installation';
  orders = true;
  /** As machines reach it, where they do not stand on this computer. */
  seenAs: string | undefined;
  /** Folder of a true kernel and initrd. */
  images: string | undefined;
  /** Paths that answer this status instead. */
  readonly failing = new Map<string, number>();
  answers: InstallationAnswers = {
    hostname: 'web-3.example.org',
    rootPasswordHash: '$6$salt$hash',
    sshKeys: [],
    system: 'debian-13',
    addresses: [
      { address: '203.0.113.42/24', gateway: '203.0.113.1' },
      { address: '2001:db8:42::2/64', gateway: '2001:db8:42::1' },
    ],
  };
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was reported under a path, in order. */
  told(path: string): unknown[] {
    return this.calls.filter((call) => call.path === `/installations/${path}`).map(({ body }) => body);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const sent = await text(request);
    const token = request.headers.authorization?.replace('Bearer ', '');
    const body = sent ? JSON.parse(sent) : Object.fromEntries(searchParams);
    this.calls.push({ path: pathname, token, body });
    const failure = this.failing.get(pathname);
    if (failure) return void response.writeHead(failure).end();
    if (pathname === '/netboot/boot.ipxe') return void response.end(this.script());
    if (pathname.startsWith('/netboot/images/debian-13/')) return void response.end(this.image(pathname));
    if (token !== this.token) return void response.writeHead(401).end();
    if (pathname === '/installations/answers') return void response.end(JSON.stringify(this.answers));
    response.writeHead(pathname.startsWith('/installations/') ? 204 : 404).end();
  }

  private image(path: string): Buffer | string {
    return this.images ? readFileSync(join(this.images, path.endsWith('/kernel') ? 'kernel' : 'initrd')) : 'an image';
  }

  private script(): string {
    if (!this.orders) return localBootScript();
    return installScript({ baseUrl: this.seenAs ?? this.url, token: this.token, system: this.answers.system });
  }
}
