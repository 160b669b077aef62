import { MetricsRefused, MetricsUnreachable } from './metrics-store.js';

/** Data exceptions and broken constraints (PostgreSQL's error classes): another try changes nothing. */
const lasting = /^(22|23)...$/;

/** The database's errors in the store's words. What is not known to last is tried again: nothing is lost by that. */
export async function sortingErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw sorted(error);
  }
}

function sorted(error: unknown): Error {
  if (error instanceof MetricsRefused) return error;
  const { code = '', message } = error as { code?: string; message: string };
  return lasting.test(code)
    ? new MetricsRefused(message, { cause: error })
    : new MetricsUnreachable(message, { cause: error });
}
