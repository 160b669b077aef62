import Handlebars, { type HelperOptions } from 'handlebars';
import { icons, isIcon } from '../presenters/icons.js';
import { assetUrl } from './assets.js';

/** `{{asset 'quartermaster.css'}}`: the address of a file, with the hash of its content in it. */
export function asset(name: string): string {
  return assetUrl(name);
}

const drawn = new Map<string, Handlebars.SafeString>();

/** `{{icon 'home'}}`, `{{icon name class='qm-spin'}}`: drawn for the eye only; the word beside it is what is read out. */
export function icon(name: unknown, { hash }: HelperOptions): Handlebars.SafeString {
  const as = `${name} ${hash.class ?? ''}`;
  const known = drawn.get(as) ?? drawIcon(name, hash.class);
  drawn.set(as, known);
  return known;
}

function drawIcon(name: unknown, look: unknown): Handlebars.SafeString {
  if (typeof name !== 'string' || !isIcon(name))
    throw new Error(`there is no icon "${name}" among the ${icons.length} of api/presenters/icons.ts: add it there`);
  const classes = Handlebars.escapeExpression(['icon', look].filter(Boolean).join(' '));
  const use = `<use href="${assetUrl('icons.svg')}#i-${name}"/>`;
  return new Handlebars.SafeString(`<svg class="${classes}" aria-hidden="true">${use}</svg>`);
}

/** The token of this session, made when the first form that shows it is drawn; nothing on pages without a session. */
export function csrfToken({ data }: HelperOptions): string {
  return data.root.csrfToken?.() ?? '';
}

/** `{{t (concat 'orders:status.' status)}}`: a phrase whose name is put together. */
export function concat(...parts: readonly unknown[]): string {
  return parts.slice(0, -1).join('');
}

/** `{{#if (has @partial-block)}}`: whether a partial was given a block. A bare `#if` would call it, out of its place. */
export function has(given: unknown): boolean {
  return given !== undefined;
}
