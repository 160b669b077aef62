import { type Form, formsOf, readText } from './html.js';

const REDIRECTS = 5;
const PATIENCE_MS = 15_000;

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

/** A page that is not what one came for, with what it says of itself. */
export class UnexpectedPage extends Error {
  override name = 'UnexpectedPage';

  constructor(what: string, { url, status, html }: Page) {
    const errors = [
      ...html.matchAll(/<(\w+)[^>]*(?:role="alert"|class="[^"]*invalid-feedback[^"]*")[^>]*>(.*?)<\/\1>/gs),
    ];
    const said = errors.length > 0 ? errors.map(([, , text = '']) => readText(text)).join(' · ') : title(html);
    super(`${what}: ${url.pathname} answered ${status}${said ? ` “${said}”` : ''}`);
  }
}

/** A browser without scripts: it keeps cookies, fills in forms and follows redirects. */
export class Browser {
  constructor(
    private readonly origin: string,
    private readonly cookies = new Map<string, string>(),
  ) {}

  /** The same browser at another address, as behind a proxy: with the same cookies. */
  at(origin: string): Browser {
    return new Browser(origin, this.cookies);
  }

  async get(path: string): Promise<Page> {
    const page = await this.send('GET', new URL(path, this.origin));
    if (page.status !== 200) throw new UnexpectedPage('a page did not open', page);
    return page;
  }

  /** Sends the page's form with what it holds, and in it what `typed` says. A form that comes back with errors throws. */
  async submit(page: Page, form: Form, typed: Readonly<Record<string, string>> = {}): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of form.fields) if (!(name in typed)) body.append(name, value);
    for (const [name, value] of Object.entries(typed)) body.append(name, value);
    const to = new URL(form.action || page.url.href, page.url);
    const answer =
      form.method === 'post' ? await this.send('POST', to, body) : await this.get(`${to.pathname}?${body}`);
    if (answer.status >= 400) throw new UnexpectedPage('a form was refused', answer);
    return answer;
  }

  private async send(method: string, url: URL, body?: URLSearchParams): Promise<Page> {
    let [next, how, what] = [url, method, body];
    for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
      const response = await fetch(next, {
        method: how,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { cookie: this.cookieHeader(), 'accept-language': 'en', origin: this.origin },
        ...(what ? { body: what } : {}),
      });
      this.keepCookies(response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (!location) return { url: next, status: response.status, html: await response.text() };
      [next, how, what] = [new URL(location, next), 'GET', undefined];
    }
    throw new Error(`${url.pathname} leads in a circle`);
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0|;\s*expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** The page's form that is sent to such an address. */
export function formTo(page: Page, action: RegExp): Form {
  const form = formsOf(page.html).find((form) => action.test(new URL(form.action || page.url, page.url).pathname));
  if (!form) throw new UnexpectedPage(`there is no form to ${action.source}`, page);
  return form;
}

function title(html: string): string {
  return readText(/<h1\b[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '');
}
