/**
 * What may be stopped: all that acts outside, or one kind of it. `charges`: money either way, since in doubt about the
 * books or the provider a wrong refund is as hard to get back as a wrong charge. `dunning`: what nobody waits for in front
 * of a page: retries by schedule, reminders, suspensions; automation sets this one by itself too.
 */
export const stopKinds = ['all', 'charges', 'power', 'mails', 'installations', 'dunning'] as const;

export type StopKind = (typeof stopKinds)[number];

/** What an act outside is, in the words of those who decide whether it may start. */
export const deeds = ['charge', 'refund', 'letter', 'power', 'installation', 'suspension'] as const;

export type Deed = (typeof deeds)[number];

const MINUTE = 60_000;
const FIRST_MS = 5 * MINUTE;
const LONGEST_MS = 24 * 60 * MINUTE;

/**
 * How long, in milliseconds, a process that has waited at a stop for so long waits on before it asks anew unasked: as long
 * again, from five minutes to a day. It is told when the stop is lifted; this is for when that word is lost, and rare
 * enough that a month at a stop is some forty questions in its history.
 */
export function waitAtStop(heldForMs: number): number {
  return Math.min(LONGEST_MS, Math.max(FIRST_MS, heldForMs));
}
