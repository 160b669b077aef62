import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import type { Drawing } from './svg.js';
import { fontFiles } from './typeface.js';

const MARGIN = 28;

/** A drawing on a sheet of A4, its words as text that can be selected. */
export async function toPdf({ svg, width }: Drawing, title: string): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', layout: 'landscape', margin: MARGIN, info: { Title: title } });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((done, failed) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => done(Buffer.concat(chunks))).on('error', failed);
  });
  document.registerFont('regular', fontFiles.regular).registerFont('strong', fontFiles.strong);
  const scale = (document.page.width - 2 * MARGIN) / width;
  document.translate(MARGIN, MARGIN).scale(scale);
  const fontCallback = (_family: string, bold: boolean) => (bold ? 'strong' : 'regular');
  svgToPdf(document, svg, 0, 0, { assumePt: true, fontCallback });
  document.end();
  return whole;
}
