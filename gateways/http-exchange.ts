import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

export interface Exchange {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** `http://host:port` of a forward proxy, for plain http only. */
  readonly proxy?: string;
  readonly trustsAnyCertificate?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request and its whole answer, on a connection of its own, within the time and size given. A redirect is an answer and is not followed. */
export async function exchange(url: URL, exchange: Exchange): Promise<Answer> {
  const response = await send(url, exchange);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await read(response, exchange.maxBytes) };
}

function send(url: URL, { method, headers, body, timeoutMs, proxy, trustsAnyCertificate }: Exchange) {
  const target = proxy === undefined ? url : new URL(proxy);
  const path = proxy === undefined ? `${url.pathname}${url.search}` : url.href;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const call = (target.protocol === 'https:' ? overHttps : overHttp)({
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path,
      method: method ?? 'GET',
      headers: { host: url.host, ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      agent: false,
      rejectUnauthorized: !trustsAnyCertificate,
      signal: AbortSignal.timeout(timeoutMs),
    });
    call.on('response', resolve).on('error', reject).end(body);
  });
}

async function read(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
