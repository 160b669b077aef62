import type { Response } from 'express';
import { formatMoment } from '../../../locales/formats.js';
import type { Entrance } from './entrances.js';

/** Too many tries: says when the next one is taken, to people in words and to programs in seconds. */
export function tellToWait(
  response: Response,
  { tryAgainAt }: { readonly tryAgainAt: Date },
  { now, entrance }: { readonly now: Date; readonly entrance: Entrance },
): void {
  const { language, timeZone } = response.locals.reader;
  const seconds = Math.ceil((tryAgainAt.getTime() - now.getTime()) / 1_000);
  response.status(429).set('Retry-After', String(seconds));
  response.render('accounts/too-many-attempts', {
    moment: formatMoment(language, tryAgainAt, timeZone),
    back: entrance.page,
    staffArea: entrance.area === 'staff',
  });
}
