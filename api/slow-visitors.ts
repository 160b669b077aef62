import type { ServerOptions } from 'node:http';

/**
 * How long whoever asks may take over asking, milliseconds: the head alone, and all of it. Whoever drips a request byte by
 * byte would else hold a connection for minutes. No form of ours is longer than a slow telephone sends in this time.
 */
export function patienceWithVisitors(headMs = 15_000, wholeMs = 60_000): ServerOptions {
  return { headersTimeout: headMs, requestTimeout: wholeMs, connectionsCheckingInterval: Math.min(headMs, 5_000) };
}
