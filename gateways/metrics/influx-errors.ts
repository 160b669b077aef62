import { MetricsRefused, MetricsUnreachable } from './metrics-store.js';

/**
 * What is wrong with the lines themselves: unreadable, too many, of another type, older than the bucket's retention. A wrong
 * token or bucket is not among it: the lines are good, and wait until somebody has mended it.
 */
const ofTheLines = [400, 413, 422];

/** InfluxDB's errors in the store's words. */
export async function sortingErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MetricsRefused || error instanceof MetricsUnreachable) throw error;
    const { statusCode, message } = error as { statusCode?: number; message: string };
    if (statusCode && ofTheLines.includes(statusCode)) throw new MetricsRefused(message, { cause: error });
    throw new MetricsUnreachable(message, { cause: error });
  }
}
