import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from './browser.js';
import { textsOf } from './html.js';

const EVERY_MS = 1_000;
const PATIENCE_MS = 8 * 60_000;

/** Tells each sentence of an order's timeline as it appears, until nothing more happens by itself. */
export async function followOrder(
  browser: Browser,
  path: string,
  stopping: AbortSignal,
  tell: (sentence: string) => void,
): Promise<Page> {
  let told = 0;
  for (
    const until = Date.now() + PATIENCE_MS;
    Date.now() < until;
    await pause(EVERY_MS, undefined, { signal: stopping })
  ) {
    const page = await browser.get(path).catch(passOver);
    if (!page) continue;
    const sentences = timelineOf(page.html);
    for (const sentence of sentences.slice(told)) tell(sentence);
    told = sentences.length;
    if (!renewsItself(page.html)) return page;
  }
  throw new Error(`${path} was not finished after ${PATIENCE_MS / 60_000} minutes`);
}

/** A shop that was killed is raised again, and the order goes on meanwhile: no answer at all is no reason to stop looking. */
function passOver(error: unknown): undefined {
  const isSilence = error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
  if (!isSilence) throw error;
}

/** Oldest first; the page shows the newest first. */
export function timelineOf(html: string): string[] {
  const list = /<ol class="qm-timeline[^"]*">(.*?)<\/ol>/s.exec(html)?.[1] ?? '';
  return textsOf(list, /<li\b[^>]*>.*?<p\b[^>]*>(.*?)<\/p>/gs).reverse();
}

/** Pages ask again by themselves while something is unfinished, and stop. */
function renewsItself(html: string): boolean {
  return /\bhx-trigger="every /.test(html);
}
