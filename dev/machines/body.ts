import { setTimeout as delay } from 'node:timers/promises';
import type { Cable } from './cable.js';
import type { PretendMachine } from './machine-list.js';
import type { CallBack, MachineState } from './machine-state.js';
import { Halted, type Manner, type Step, type usualMs } from './steps.js';

/** What a machine has to live with, while it is switched on and `signal` has not been given. */
export interface Body {
  readonly known: PretendMachine;
  readonly state: MachineState;
  readonly netbootUrl: string;
  readonly cable: Cable;
  readonly signal: AbortSignal;
  /** Fails as it was told to, or says how this step is to be done. */
  manner(step: Step): Promise<Manner>;
  /** The usual time of this, shortened by the speed of the whole simulation. */
  take(what: keyof typeof usualMs, part?: number): Promise<void>;
  say(words: string): void;
  save(): void;
}

/** QEMU's machines have this computer under that address, and scripts name it so where one of them stands among ours. */
const SEEN_FROM_INSIDE = '//10.0.2.2:';
const TRIES = 120;
const ANSWER_WITHIN_MS = 5_000;

export interface Got {
  readonly status: number;
  readonly text: string;
}

/** One answer to a GET or a POST; silence and errors of the other side are tried again for two minutes, as installers do. */
export async function reach(body: Body, url: string, init: RequestInit = {}, tries = TRIES): Promise<Got | undefined> {
  for (let left = tries; left > 0; left--) {
    const got = await once(body, url, init);
    if (got && got.status < 500 && got.status !== 429) return got;
    body.signal.throwIfAborted();
    await body.take('retry');
  }
  return undefined;
}

async function once({ signal }: Body, url: string, init: RequestInit): Promise<Got | undefined> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch(url.replace(SEEN_FROM_INSIDE, '//127.0.0.1:'), {
      ...init,
      signal: within,
      redirect: 'manual',
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

/** Reports a step as it was told to; a refused report stops the machine, for nobody knows any more what it is for. */
export async function report(
  body: Body,
  { url, token }: CallBack,
  step: Reported,
  papers: object,
  tries = TRIES,
): Promise<void> {
  const manner = await body.manner(step);
  if (manner === 'silent') return;
  const sent = manner === 'wrong' ? { ...papers, serial: `OTHER-${body.known.serial}` } : papers;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let times = manner === 'twice' ? 2 : 1; times > 0; times--) {
    const init = { method: 'POST', headers, body: JSON.stringify(sent) };
    const got = await reach(body, `${url}/installations/${step}`, init, tries);
    if (!got || got.status >= 400) throw new Halted(`report "${step}" failed: ${got?.status ?? 'no answer'}`);
  }
}

export type Reported = 'started' | 'installed' | 'booted';

/** Nobody waits for this one: whatever comes back, the installation goes on. */
export async function mention(body: Body, { url, token }: CallBack, percent: number, doing: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify({ percent, doing }) };
  await once(body, `${url}/installations/progress`, init);
}

/** Rejects at once when the machine is switched off. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal });
}
