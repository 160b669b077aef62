import type { SignIn } from './data.js';
import type { Part } from './part.js';

/** What one reads when the shop stands: each part, whether it is real, where it is, how long it took; who may sign in. */
export function readyBlock(
  parts: readonly { readonly part: Part; readonly tookMs: number }[],
  signIns: readonly SignIn[],
  tookMs: number,
): string {
  const listed = parts.filter(({ part }) => part.url !== undefined || part.name === 'worker');
  const rows = listed.map(({ part, tookMs: took }) => [part.name, part.kind, seconds(took), part.url ?? '–']);
  const people = signIns.map(({ who, email, password, url }) => [who, email, password, url]);
  const lines = [`Ready in ${seconds(tookMs)}`, '', ...columns(rows)];
  if (people.length > 0) lines.push('', 'Sign in as', ...columns(people));
  const secret = signIns.find(({ secondFactor }) => secondFactor)?.secondFactor;
  if (secret) lines.push(`  Staff type a code besides: npm run demo-code prints it; an app takes the key ${secret}`);
  return `${lines.join('\n')}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(width(column))).join('  ')}`.trimEnd());
}
