import { type Money, minorDigits } from '../../rules/money.js';

export type Cell = string | number | Date | null | undefined;

/**
 * A line of RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front (CWE-1236); a number is
 * a number, its minus included.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** An amount as a number in its currency's main unit, for the cell before the currency's own. */
export function amountCell({ amountMinor, currency }: Money): number {
  return amountMinor / 10 ** minorDigits(currency);
}

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
