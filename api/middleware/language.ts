import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { type Language, languages } from '../../rules/accounts/languages.js';

export const LANGUAGE_COOKIE = 'qm_language';

export const languageCookie: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 365 * 86_400_000 };

/** A guest reads the language once chosen, else the browser's; who signs in, the person's own. */
export const guestLanguage: RequestHandler = (request, response, next) => {
  response.locals.language = chosenBy(request) ?? preferredBy(request);
  response.locals.reader = { language: response.locals.language, timeZone: 'UTC' };
  next();
};

/** Before somebody is signed in, and it is known who they are: their own language, unless they have just chosen another. */
export function readInTheirs(request: Request, { locals }: Response, person: { readonly language: Language }): void {
  if (!chosenBy(request)) locals.language = person.language;
}

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

function chosenBy(request: Request): Language | undefined {
  const [, value] = request.get('Cookie')?.match(/(?:^|;\s*)qm_language=(\w+)/) ?? [];
  return isLanguage(value) ? value : undefined;
}

function preferredBy(request: Request): Language {
  const best = request.acceptsLanguages([...languages]);
  return isLanguage(best) ? best : 'en';
}
