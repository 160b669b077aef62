import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import { brandSheet } from './brand-sheet.js';
import { iconSprite } from './icon-sprite.js';

const packages = join(import.meta.dirname, '../../node_modules');
const ours = join(import.meta.dirname, '../../views/assets');
const inter = join(packages, '@fontsource-variable/inter');
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer | undefined;
}

/** By URL, which holds a hash of the content: so it may be kept for ever, and a new version is another URL. */
const assets = new Map<string, Asset>();
const urls = new Map<string, string>();

for (const file of readdirSync(join(inter, 'files')).filter((file) => file.endsWith('-wght-normal.woff2')))
  publish(file, readFileSync(join(inter, 'files', file)));
publish('inter.css', interWithHashedFonts());
publish('tabler.css', readFileSync(join(packages, '@tabler/core/dist/css/tabler.min.css')));
publish('htmx.js', readFileSync(join(packages, 'htmx.org/dist/htmx.min.js')));
publish('uplot.js', readFileSync(join(packages, 'uplot/dist/uPlot.iife.min.js')));
publish('uplot.css', readFileSync(join(packages, 'uplot/dist/uPlot.min.css')));
publish('icons.svg', iconSprite());
for (const file of readdirSync(ours)) publish(file, readFileSync(join(ours, file)));

/** The address of a file by its name: one of `views/assets`, or `tabler.css`, `inter.css`, `uplot.css`, `uplot.js`, `htmx.js`, `icons.svg`. */
export function assetUrl(name: string): string {
  const url = urls.get(name);
  if (!url) throw new Error(`there is no asset "${name}": put it into views/assets`);
  return url;
}

export const serveAssets: RequestHandler = (request, response, next) => {
  const asset = assets.get(request.path) ?? accentSheet(request.path);
  if (!asset || request.method !== 'GET') return next();
  const zip = asset.gzipped && request.acceptsEncodings('gzip') === 'gzip';
  if (zip) response.set('Content-Encoding', 'gzip');
  response.set({ 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' });
  response.type(asset.type).send(zip ? asset.gzipped : asset.plain);
};

/** Its address holds all that it says, so it needs no hash and no row. */
function accentSheet(path: string): Asset | undefined {
  const [, accent] = path.match(/^\/assets\/brand-([0-9a-f]{6})\.css$/) ?? [];
  return accent ? { type: 'text/css; charset=utf-8', plain: brandSheet(`#${accent}`), gzipped: undefined } : undefined;
}

function publish(name: string, content: Buffer): void {
  const url = `/assets/${createHash('sha256').update(content).digest('hex').slice(0, 12)}/${name}`;
  const extension = extname(name);
  const gzipped = extension === '.woff2' ? undefined : gzipSync(content, { level: 9 });
  urls.set(name, url);
  assets.set(url, { type: types[extension] ?? 'application/octet-stream', plain: content, gzipped });
}

function interWithHashedFonts(): Buffer {
  const css = readFileSync(join(inter, 'wght.css'), 'utf8');
  return Buffer.from(css.replaceAll(/url\(\.\/files\/([^)]+)\)/g, (_, file: string) => `url(${assetUrl(file)})`));
}
