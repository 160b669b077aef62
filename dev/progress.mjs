const NOTICEABLE_MS = 1_000;

/**
 * Says what is being done when it takes over a second, and how long it took.
 * @template Result
 * @param {string} what
 * @param {Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function progress(what, work) {
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(0)} s`;
  const live = process.stdout.isTTY;
  const say = () => process.stdout.write(live ? `\r${what} … ${seconds()}` : `${what} …\n`);
  let said = false;
  const first = setTimeout(() => {
    said = true;
    say();
  }, NOTICEABLE_MS);
  const next = live ? setInterval(() => said && say(), 1_000) : undefined;
  try {
    const result = await work;
    if (said) process.stdout.write(`${live ? '\r' : ''}${what}: ${seconds()}\n`);
    return result;
  } catch (error) {
    if (said && live) process.stdout.write('\n');
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(next);
  }
}
