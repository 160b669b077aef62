/** What an installer may say it is doing; each has its phrase, `steps:doing.<word>`. */
export const installerWords = ['partitioning', 'copying', 'configuring'] as const;

export type InstallerWord = (typeof installerWords)[number];

/** An installer of another make may use words that nobody has translated: then only its percentage is told. */
export function knownInstallerWord(word: string): InstallerWord | null {
  return installerWords.find((known) => known === word) ?? null;
}
