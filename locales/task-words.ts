import type { Language } from '../rules/accounts/languages.js';
import { hasPhrase, phrase } from './phrases.js';

interface NamedStep {
  readonly step: string;
  readonly subject: string;
}

export type TaskWord = 'title' | 'failed' | 'retry' | 'skip' | 'cancel' | 'done';

/** What a task says of its step, under `staff:task.<step>`; of one that an older version opened, what fits any step. */
export function taskWord(language: Language, { step, subject }: NamedStep, word: TaskWord): string {
  const key = `staff:task.${step}.${word}`;
  return phrase(language, hasPhrase(language, key) ? key : `staff:task.other.${word}`, { step, subject });
}
