import type { GraphSheet } from './graph-sheet.js';

/** Kinds of picture, each with its media type. */
export const pictureTypes = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
} as const;

export type PictureKind = keyof typeof pictureTypes;

/** Drawing takes a processor for a fraction of a second: one at a time, so that pages are answered in between. */
let turn: Promise<unknown> = Promise.resolve();

/** A graph as a file. Its size is bounded by the sheet's, whatever is on it. */
export function savedGraph(sheet: GraphSheet, kind: PictureKind): Promise<Buffer> {
  const mine = turn.then(() => drawn(sheet, kind));
  turn = mine.catch(() => {});
  return mine;
}

/** The libraries come with the first graph that is saved: most processes never need them. */
async function drawn(sheet: GraphSheet, kind: PictureKind): Promise<Buffer> {
  const { drawSheet } = await import('./svg.js');
  const drawing = drawSheet(sheet);
  if (kind === 'svg') return Buffer.from(drawing.svg);
  if (kind === 'pdf') return (await import('./pdf.js')).toPdf(drawing, sheet.title);
  const { toPng, toJpeg } = await import('./raster.js');
  return kind === 'png' ? toPng(drawing) : toJpeg(drawing);
}
