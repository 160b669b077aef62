import type { Hole } from './known-holes.js';

/** What of a lock file is looked at here. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

export interface Finding {
  /** `maildev/nodemailer`: where the copy lies, beginning with who brings it along. */
  readonly copy: string;
  readonly version: string;
  readonly hole: Hole;
}

/** Every copy that has a known hole, and whether there is a reason for it to stay. */
export function findingsIn({ packages }: Lock, holes: readonly Hole[]): { open: Finding[]; excused: Finding[] } {
  const found = Object.entries(packages).flatMap(([path, { version = '' }]) => {
    const copy = path.split('node_modules/').slice(1).join('');
    const name = path.split('node_modules/').at(-1);
    return holes.filter((hole) => hole.name === name && has(hole, version)).map((hole) => ({ copy, version, hole }));
  });
  const excuses = ({ copy, hole }: Finding) => hole.excused !== undefined && copy.startsWith(`${hole.excused.within}/`);
  return { open: found.filter((each) => !excuses(each)), excused: found.filter(excuses) };
}

function has({ mendedIn, since = '0.0.0' }: Hole, version: string): boolean {
  return compared(version, mendedIn) < 0 && compared(version, since) >= 0;
}

/** Below nothing where the first is older; a version before its release counts as that release's. */
export function compared(one: string, other: string): number {
  const [mine, theirs] = [one, other].map((version) => (version.split('-')[0] ?? '').split('.').map(Number));
  const differing = [0, 1, 2].find((place) => (mine?.[place] ?? 0) !== (theirs?.[place] ?? 0));
  return differing === undefined ? 0 : (mine?.[differing] ?? 0) - (theirs?.[differing] ?? 0);
}
