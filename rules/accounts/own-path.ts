/** A base that no address of ours can name, so that whatever leaves it is seen. */
const here = 'http://here.invalid';

/**
 * The path if it stays on our own pages, else nothing: where a person is sent after signing in comes from the address
 * bar, and may have been put there by somebody else. `//evil.example`, `/\evil.example` and `/%09/evil` are not paths.
 */
export function ownPath(wanted: unknown): string | undefined {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || !URL.canParse(wanted, here)) return;
  const url = new URL(wanted, here);
  return url.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined;
}
