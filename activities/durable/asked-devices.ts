import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DeviceLease } from '../../models/servers/device-lease.js';

/** What a device said, or why nobody knows. */
export type Asked<Answer> = { readonly answer: Answer } | { readonly unknown: string };

export interface Asking<Subject, Answer> {
  /** As leases name it: `bmc:<id>`, `switch:<id>`. */
  readonly device: (subject: Subject) => string;
  readonly ask: (subject: Subject) => Promise<Answer>;
  /** How many are asked beside each other. */
  readonly width?: number;
  /** After so long a device has not answered, whatever its driver still waits for. */
  readonly patienceMs?: number;
}

const WIDTH = 16;
const PATIENCE_MS = 20_000;

/**
 * Asks each device, in the order of the subjects, some beside each other: one that is silent delays no other, and one that
 * somebody else speaks to just now is left to them. Nothing that a device says or does not say is thrown.
 */
export async function askEach<Subject, Answer>(
  subjects: readonly Subject[],
  { width = WIDTH, patienceMs = PATIENCE_MS, ...asking }: Asking<Subject, Answer>,
): Promise<readonly Asked<Answer>[]> {
  const asked: Asked<Answer>[] = [];
  const waiting = subjects.entries();
  const one = async () => {
    for (const [place, subject] of waiting) asked[place] = await askOne(subject, patienceMs, asking);
  };
  await Promise.all(Array.from({ length: Math.min(width, subjects.length) }, one));
  return asked;
}

async function askOne<Subject, Answer>(
  subject: Subject,
  patienceMs: number,
  { device, ask }: Pick<Asking<Subject, Answer>, 'device' | 'ask'>,
): Promise<Asked<Answer>> {
  const holder = randomUUID();
  const now = Date.now(); // leases are by the clock of the wall
  if (!(await DeviceLease.take(device(subject), holder, new Date(now), new Date(now + patienceMs))))
    return { unknown: 'somebody else speaks to it' };
  const over = new AbortController();
  const late = pause(patienceMs, { unknown: `no answer in ${patienceMs / 1_000} s` }, over);
  try {
    return await Promise.race([answerOf(() => ask(subject)), late]);
  } finally {
    over.abort();
    await DeviceLease.giveBack(device(subject), holder);
  }
}

async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Asked<Answer>> {
  try {
    return { answer: await ask() };
  } catch (error) {
    return { unknown: error instanceof Error ? error.message : String(error) };
  }
}
