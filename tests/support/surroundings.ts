import { cacheFolder } from '../../dev/launcher/cache.js';
import { temporalProgram } from '../../dev/launcher/temporal-program.js';

/** The programs that tests reach for; without one, what needs it fetches its own or says what is missing. */
export async function surroundings(): Promise<Record<string, string>> {
  const found: Record<string, string> = {
    QM_BUNDLE_CACHE: process.env.QM_BUNDLE_CACHE || (await cacheFolder('bundles')),
  };
  try {
    found.TEMPORAL_TEST_SERVER = await temporalProgram('test-server');
    found.TEMPORAL_CLI = await temporalProgram('server');
  } catch (error) {
    console.error(String(error));
  }
  if (process.stdout.isTTY) found.FORCE_COLOR = '1';
  return found;
}
