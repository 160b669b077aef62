import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { icons } from '../presenters/icons.js';

const outlines = join(import.meta.dirname, '../../node_modules/@tabler/icons/icons/outline');
const frame = /<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/;

/** One file with a symbol an icon: `<use href="…#i-home">`. Throws on a name that the package lacks. */
export function iconSprite(): Buffer {
  const symbols = icons.map((name) => {
    const svg = readFileSync(join(outlines, `${name}.svg`), 'utf8');
    const drawing = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')).replace(frame, '');
    return `<symbol id="i-${name}" viewBox="0 0 24 24">${drawing.replaceAll(/\s*\n\s*/g, '')}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>`);
}
