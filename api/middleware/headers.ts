import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

const self = "'self'";

/** What a browser may do with our pages: run our scripts and no inline ones, be framed by nobody, send forms to us alone. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const secure = publicUrl.startsWith('https:');
  const usual = policy([]);
  const others = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: secure && { maxAge: 63_072_000 },
    referrerPolicy: { policy: 'same-origin' }, // with none at all, older browsers hide their origin from us too
  });
  return (request, response, next) => {
    response.set('Content-Security-Policy', usual);
    others(request, response, next);
  };
}

/** For a page on which a card is typed in, and for that page alone: `origins` of the payment gateway's `cardPage`. */
export function allowCardEntry(response: Response, origins: readonly string[]): void {
  response.set('Content-Security-Policy', policy(origins));
}

function policy(others: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src ${[self, ...others].join(' ')}`,
    `connect-src ${[self, ...others].join(' ')}`,
    `frame-src ${others.join(' ') || "'none'"}`,
    `style-src ${self}`,
    `font-src ${self}`,
    `img-src ${[self, 'data:', ...others].join(' ')}`, // Tabler draws its checkboxes from data: images
    `form-action ${self}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
