import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SOON_MS = 500;

/** What a pretend device remembers over a restart: one JSON file, replaced whole, so that a kill leaves the old or the new. */
export class StateFile<State> {
  private pending: NodeJS.Timeout | undefined;

  constructor(
    private readonly path: string,
    readonly state: State,
  ) {}

  /** What the file holds, or what `fresh` makes of nothing. */
  static open<State>(path: string, fresh: () => State): StateFile<State> {
    mkdirSync(dirname(path), { recursive: true });
    return new StateFile(path, existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : fresh());
  }

  save(): void {
    clearTimeout(this.pending);
    this.pending = undefined;
    writeFileSync(`${this.path}.new`, JSON.stringify(this.state, null, 1));
    renameSync(`${this.path}.new`, this.path);
  }

  /** For what changes all the time and may lose half a second. */
  saveSoon(): void {
    this.pending ??= setTimeout(() => this.save(), SOON_MS);
  }
}
