import { writeFileSync } from 'node:fs';
import { type Kind, nameOf, type Place, type ToldCell } from './cell.js';
import { blocks, told } from './matrix.js';
import { type KnownResults, readResults } from './results.js';

export interface Row extends Place {
  readonly how: Kind | 'told';
  /** Empty while it was never run. */
  readonly outcome: string;
  readonly invariants: string;
}

/** Every cell of the matrix with what is known of it, in the order of their blocks, process by process. */
export function rows(known: KnownResults = readResults()): readonly Row[] {
  const run = blocks.flatMap(({ kind, places }) =>
    places.map((place): Row => {
      const { outcome = '', invariants = [] } = known[nameOf(place)] ?? {};
      return { ...place, how: kind, outcome, invariants: invariants.join(' ') };
    }),
  );
  const all = [...run, ...told.map(toldRow)];
  const processes = [...new Set(all.map(({ process }) => process))];
  return processes.flatMap((process) => all.filter((row) => row.process === process));
}

function toldRow(cell: ToldCell): Row {
  const outcome = 'because' in cell ? cell.because : `shown by “${cell.shownBy.test}” in \`${cell.shownBy.file}\``;
  return { ...cell, how: 'told', outcome, invariants: '–' };
}

/** `docs/fault-matrix.md`: the same rows, the same text. */
export function report(all: readonly Row[] = rows()): string {
  const processes = [...new Set(all.map(({ process }) => process))];
  const sections = processes.map((process) => {
    const own = all.filter((row) => row.process === process);
    const head = '| step | fault | groups | how | outcome | invariants |\n| --- | --- | --- | --- | --- | --- |';
    return `## ${process}\n\n${head}\n${own.map(line).join('\n')}\n`;
  });
  return `${introduction(all)}\n${sections.join('\n')}`;
}

function introduction(all: readonly Row[]): string {
  const count = (how: Row['how']) => all.filter((row) => row.how === how).length;
  return `# What goes wrong, and what comes of it

Every process at every step with every kind of fault. Written by \`npm run faults\` from what its cells came to; do not edit.
${count('simulated')} cells are simulated in one process, with true rows and activities against the simulators of card provider and hardware;
${count('real')} kill processes of a shop of their own; ${count('told')} say why there is nothing to run or which test shows it. Invariants are those of
[the data model](data-model.md), looked at together with the card provider's own list.

- *fails before acting*, *fails after acting*: the first attempt fails, with nothing or all of it done.
- *acts, and the answer is lost*: the machine, the bank, the mail server or the database did it; the line broke before they said so.
- *hangs past its heartbeat*: the cluster gives it up, another attempt does the work, and then the first wakes and does it once more.
- *dies with its worker*: it stops for good before, between or after any of its statements and calls, by the seed; what it had not
  committed never was.
- *is refused, and staff decide*: nothing is tried by itself any more; staff have it tried again.
`;
}

function line({ step, fault, groups, how, outcome, invariants }: Row): string {
  return `| ${[step, fault, groups.join(' '), how, outcome || 'never run', invariants].map(plain).join(' | ')} |`;
}

function plain(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

export const reportFile = new URL('../../../docs/fault-matrix.md', import.meta.url);

export function writeReport(): void {
  writeFileSync(reportFile, report());
}
