import type { Request } from 'express';

/** htmx asks for a piece of a page; going back in history it wants the whole. */
export function asksForFragment(request: Request): boolean {
  return request.get('HX-Request') === 'true' && request.get('HX-History-Restore-Request') !== 'true';
}
