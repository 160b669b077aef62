/** The part of the package that is used here; it brings no types of its own. */
declare module 'svg-to-pdfkit' {
  interface Options {
    readonly assumePt: boolean;
    fontCallback(family: string, bold: boolean, italic: boolean): string;
  }
  export default function svgToPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: Options,
  ): void;
}
