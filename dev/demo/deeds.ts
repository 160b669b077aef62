/** Something that happened, and what it led to. */
export interface Deed {
  readonly at: Date;
  act(): Promise<readonly Deed[]>;
}

/** What happened first is done first, and what it leads to takes its own place: so documents are numbered in order. */
export async function live(deeds: readonly Deed[]): Promise<void> {
  const ahead = [...deeds];
  while (ahead.length > 0) {
    ahead.sort((one, other) => one.at.getTime() - other.at.getTime());
    ahead.push(...((await ahead.shift()?.act()) ?? []));
  }
}
