import type { Answer, Fields } from './visitor.js';

/** What a browser remembers of a shop: its cookies, and the token of the last form it was shown. */
export class CookieJar {
  private readonly cookies = new Map<string, string>();
  token = '';

  /** As browsers say on every request to the page they are on. */
  headers(more: Fields = {}): Fields {
    const Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { 'Sec-Fetch-Site': 'same-origin', ...(Cookie && { Cookie }), ...more };
  }

  keep(answer: Answer): Answer {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = line.match(/^([^=]+)=([^;]*)/) ?? [];
      this.cookies.set(name, value);
    }
    this.token = answer.body.match(/name="_csrf" value="(\w+)"/)?.[1] ?? this.token;
    return answer;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }
}
