import { type Browser, formTo, type Page, UnexpectedPage } from './browser.js';
import type { SignIn } from './data.js';
import { type Form, formsOf, linksOf, readText } from './html.js';

export async function signIn(browser: Browser, { email, password, url }: SignIn): Promise<void> {
  const { pathname } = new URL(url);
  const page = await browser.get(pathname);
  const after = await browser.submit(page, formTo(page, new RegExp(`^${pathname}$`)), { name: email, password });
  if (after.url.pathname === pathname) throw new UnexpectedPage('the demo’s customer was not let in', after);
}

/** The first of these products that can be ordered, the whole catalogue where none is named; and where one is led then. */
export async function orderSomething(
  browser: Browser,
  hostName: string,
  wanted?: readonly string[],
): Promise<{ landed: Page; product: string }> {
  const catalogue = await browser.get('/catalogue');
  const all = linksOf(catalogue.html).filter((href) => /^\/catalogue\/[^/?#]+$/.test(href));
  for (const link of new Set(wanted ?? all)) {
    const page = await browser.get(link);
    const form = formsOf(page.html).find(({ action, method }) => method === 'post' && action === '/orders');
    if (!form || isSoldOut(page)) continue;
    const landed = await browser.submit(page, form, answers(form, hostName));
    if (!/^\/(orders|invoices)\/[^/]+$/.test(landed.url.pathname))
      throw new UnexpectedPage('it was not ordered', landed);
    return { landed, product: readText(/<h1\b[^>]*>([^<]*)/.exec(page.html)?.[1] ?? link) };
  }
  throw new UnexpectedPage('nothing can be ordered', catalogue);
}

/** A form that cannot be sent has its button switched off. */
function isSoldOut({ html }: Page): boolean {
  const inside = /<form\b[^>]*action="\/orders".*?<\/form>/s.exec(html)?.[0] ?? '';
  return /<button\b[^>]*type="submit"[^>]*\bdisabled\b/.test(inside);
}

function answers({ empty }: Form, hostName: string): Record<string, string> {
  return { ...Object.fromEntries(empty.map((name) => [name, 'The first order of this shop'])), hostName };
}
