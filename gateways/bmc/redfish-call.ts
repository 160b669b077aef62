import { z } from 'zod';
import { type Answer, exchange } from '../http-exchange.js';
import { type BmcAccess, BmcRefused, BmcUnreachable } from './bmc.js';

export interface RedfishOptions {
  /** For one call, from connecting to the last byte; a BMC needs up to two seconds for a good answer. */
  readonly timeoutMs?: number;
  /** Service processors are delivered with self-signed certificates; a closed management network may do with those. */
  readonly trustsAnyCertificate?: boolean;
}

export interface RedfishRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** As the service itself links it; relative to the system's own address. */
  readonly path?: string;
  readonly body?: object;
  readonly etag?: string;
}

const MAX_BYTES = 1_000_000;

const errorBody = z.object({
  error: z.object({
    message: z.string().optional(),
    '@Message.ExtendedInfo': z.array(z.object({ Message: z.string().optional() })).optional(),
  }),
});

/** One authenticated call. Whatever is not a success is thrown, sorted into ours to repeat and a person's to look at. */
export async function callRedfish(
  { address, username, password }: BmcAccess,
  { method, path = '', body, etag }: RedfishRequest,
  { timeoutMs = 5_000, trustsAnyCertificate = false }: RedfishOptions,
): Promise<Answer> {
  const url = within(address, path);
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    ...(body && { 'content-type': 'application/json' }),
    ...(etag && { 'if-match': etag }),
  };
  const text = body && JSON.stringify(body);
  const call = { method, headers, body: text, timeoutMs, maxBytes: MAX_BYTES, trustsAnyCertificate };
  const answer = await exchange(url, call).catch((error: unknown) => {
    throw new BmcUnreachable(`${url.host} did not answer: ${String(error)}`, { cause: error });
  });
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw sorted(url, method, answer);
}

/** The password goes to the address we were given and nowhere else, whatever the service links to. */
function within(address: string, path: string): URL {
  const known = URL.canParse(address) && /^https?:/.test(address);
  if (!known || !URL.canParse(path, address)) throw new BmcRefused(`${address} is not a Redfish address`);
  const url = new URL(path, address);
  if (url.origin !== new URL(address).origin) throw new BmcRefused(`${address} links to another host, ${url.host}`);
  return url;
}

/** DSP0266 §8.6: 5xx, 408, 409, 412 and 429 may pass by themselves; the rest of 4xx says that we are wrong. */
function sorted(url: URL, method: string, { status, body }: Answer): Error {
  const Kind = status >= 500 || [408, 409, 412, 429].includes(status) ? BmcUnreachable : BmcRefused;
  return new Kind(`${url.host} answered ${status} to ${method} ${url.pathname}: ${complaint(body)}`);
}

function complaint(body: string): string {
  const { data } = errorBody.safeParse(parsed(body));
  return data?.error['@Message.ExtendedInfo']?.[0]?.Message ?? data?.error.message ?? 'no reason given';
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
