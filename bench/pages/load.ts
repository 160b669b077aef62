import autocannon from 'autocannon';

export interface Load {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

const CONNECTIONS = 16;

/** Asks for one page as fast as it comes. A page that fails is no measurement. */
export async function load(url: string, cookie: string | undefined, seconds: number): Promise<Load> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    ...(cookie ? { headers: { cookie } } : {}),
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} answers of ${url} failed`);
  return { perSecond: result.requests.average, medianMs: result.latency.p50, p99Ms: result.latency.p99 };
}
