export interface Invariant {
  /** As numbered in `docs/data-model.md`. */
  readonly id: `I${number}`;
  /** What holds, in words: the phrase `books:invariants.<name>`. */
  readonly name: string;
  /** Finds the rows at fault: none, where it holds. */
  readonly sql: string;
}

/** What a look at an invariant found: it holds where no row is at fault. */
export interface Finding {
  readonly invariant: Pick<Invariant, 'id' | 'name'>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** How long an accepted order may wait for its process before somebody should know. */
export const PATIENCE = `interval '10 minutes'`;

/** The same, or no rows at all where it could not be looked at: the outside was away. */
export type Looked = Pick<Finding, 'invariant'> & {
  readonly rows: Finding['rows'] | undefined;
  /** Of what is outside, what did not answer: it may hold or not. */
  readonly unknown?: Finding['rows'];
};
