import { renderAsync } from '@resvg/resvg-js';
import sharp from 'sharp';
import type { Drawing } from './svg.js';
import { fontFiles } from './typeface.js';

/** Points of a picture to one of the drawing: sharp on most screens, and some 8 MB while it is drawn. */
const SCALE = 1.5;
const fonts = { fontFiles: Object.values(fontFiles), loadSystemFonts: false, defaultFontFamily: 'Inter' };

sharp.cache(false); // no two graphs are the same
sharp.concurrency(1);

export async function toPng(drawing: Drawing): Promise<Buffer> {
  return (await rendered(drawing)).asPng();
}

export async function toJpeg(drawing: Drawing): Promise<Buffer> {
  const { pixels, width, height } = await rendered(drawing);
  const picture = sharp(pixels, { raw: { width, height, channels: 4 } });
  return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 88, chromaSubsampling: '4:4:4' }).toBuffer();
}

function rendered({ svg }: Drawing) {
  return renderAsync(svg, { font: fonts, fitTo: { mode: 'zoom', value: SCALE } });
}
