import { drawLines } from './graph-lines.js';
import { type GraphSheet, inks, margin, sheetWidth, typeface } from './graph-sheet.js';

const GRAPH = { top: 118, height: 360 };
const ROW = 26;
const NOTE = 18;
/** Letters in a line of notes; Cyrillic ones are the widest. */
const NOTE_LETTERS = 170;

interface Look {
  readonly size?: number;
  readonly weight?: 400 | 600;
  readonly ink?: string;
  readonly end?: boolean;
}

export interface Drawing {
  readonly svg: string;
  readonly width: number;
}

/** A graph with title, legend, figures and notes on one sheet, to be looked at without the page it comes from. */
export function drawSheet(sheet: GraphSheet): Drawing {
  const notes = sheet.notes.flatMap((note) => wrapped(note, NOTE_LETTERS));
  const tableTop = GRAPH.top + GRAPH.height + 34;
  const notesTop = tableTop + sheet.rows.length * ROW + 32;
  const height = notesTop + notes.length * NOTE + 24;
  const parts = [
    write(margin, 46, sheet.title, { size: 22, weight: 600 }),
    write(margin, 70, sheet.span, { ink: inks.second }),
    write(sheetWidth - margin, 46, sheet.imprint, { size: 12, ink: inks.faint, end: true }),
    ...(sheet.nothing ? [write(margin, GRAPH.top + 60, sheet.nothing, { ink: inks.second })] : graphOf(sheet)),
    ...tableOf(sheet, tableTop),
    ...notes.map((note, index) => write(margin, notesTop + index * NOTE, note, { size: 12, ink: inks.second })),
  ];
  const box = `width="${sheetWidth}" height="${height}" viewBox="0 0 ${sheetWidth} ${height}"`;
  const sheetOfPaper = `<rect width="${sheetWidth}" height="${height}" fill="#ffffff"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="${typeface}">${sheetOfPaper}${parts.join('')}</svg>`;
  return { svg, width: sheetWidth };
}

function graphOf(sheet: GraphSheet): string[] {
  const width = sheetWidth - 2 * margin;
  const lines = drawLines(sheet, { width, height: GRAPH.height });
  return [...legendOf(sheet), lines.replace('<svg ', `<svg x="${margin}" y="${GRAPH.top}" `)];
}

function legendOf({ names, unit, percentile }: GraphSheet): string[] {
  const known = percentile === null ? (['in', 'out'] as const) : (['in', 'out', 'percentile'] as const);
  let left = margin;
  const keys = known.map((name) => {
    const at = left;
    left += 48 + names[name].length * 8;
    const thick = name === 'in' ? 10 : 3;
    const key = `<rect x="${at}" y="${96 - thick / 2}" width="14" height="${thick}" rx="1.5" fill="${inks[name]}"/>`;
    return key + write(at + 20, 100, names[name], { size: 13, ink: inks.second });
  });
  return [...keys, write(sheetWidth - margin, 100, unit, { size: 13, ink: inks.faint, end: true })];
}

/** The first column begins at the left margin; the others end in even steps up to the right one. */
function tableOf({ head, rows }: GraphSheet, top: number): string[] {
  const step = (sheetWidth - 2 * margin - 160) / (head.length - 1);
  const cell = (text: string, column: number, y: number, look: Look) =>
    column === 0 ? write(margin, y, text, look) : write(margin + 160 + column * step, y, text, { ...look, end: true });
  const line = (y: number) =>
    `<rect x="${margin}" y="${y}" width="${sheetWidth - 2 * margin}" height="1" fill="${inks.line}"/>`;
  return [
    ...head.map((text, column) => cell(text, column, top, { size: 12, ink: inks.faint })),
    ...rows.flatMap((row, index) => {
      const y = top + (index + 1) * ROW;
      return [
        line(y - 17),
        ...row.map((text, column) => cell(text, column, y, { size: 14, weight: column === 0 ? 600 : 400 })),
      ];
    }),
  ];
}

function write(x: number, y: number, text: string, { size = 14, weight = 400, ink = inks.text, end }: Look): string {
  const place = `x="${round(x)}" y="${y}"${end ? ' text-anchor="end"' : ''}`;
  return `<text ${place} font-size="${size}" font-weight="${weight}" fill="${ink}">${escaped(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Names are people's own: nothing in them becomes part of the drawing. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter).replaceAll(/\p{Cc}/gu, ' ');
}

function wrapped(text: string, letters: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length < letters) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  return lines;
}
