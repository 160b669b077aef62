/** One question put to this machine and its answer, as a ratio to a reference taken in the same run. */
export interface Measurement {
  readonly name: string;
  /** What was compared with what, in one sentence. */
  readonly question: string;
  readonly ratio: number;
  /** What the ratio has to reach: at least `target`, or at most where `atMost` says so. */
  readonly target: number;
  readonly atMost?: boolean;
  /** For people: the first row is the head. */
  readonly table: readonly (readonly (string | number)[])[];
  /** Further figures for the last line, with their units in their names. */
  readonly figures?: Readonly<Record<string, number | string | boolean>>;
}

/** What every file of this folder that answers a question exports; `args` are the command line after its name. */
export interface Question {
  measure(args: readonly string[]): Promise<Measurement>;
}

export function isReached({ ratio, target, atMost = false }: Measurement): boolean {
  return atMost ? ratio <= target : ratio >= target;
}

/** The readable part: the question, its figures in columns, and how it came out. */
export function readable(measurement: Measurement): string {
  const { name, question, ratio, target, atMost, table } = measurement;
  const cells = table.map((row) => row.map(String));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  const verdict = `${isReached(measurement) ? 'reached' : 'MISSED'}: ${rounded(ratio)}, ${atMost ? 'at most' : 'at least'} ${target}`;
  return [`${name}: ${question}`, ...lines.map((row) => `  ${row.join('  ')}`), `  ${verdict}`].join('\n');
}

/** The last line: one object, for programs. */
export function asLine(measurement: Measurement): string {
  const { name, ratio, target, figures = {} } = measurement;
  return JSON.stringify({ name, ratio: rounded(ratio), target, reached: isReached(measurement), ...figures });
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
