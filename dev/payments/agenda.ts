import type { Account } from './account.js';
import type { Row } from './state/store.js';
import { createTimer } from './state/timer.js';

/** What banks do by themselves, some time after they were asked. */
export type Act =
  | 'refund_succeeds'
  | 'refund_fails'
  | 'dispute_opens'
  | 'dispute_won'
  | 'dispute_lost'
  | 'dispute_expires';

export interface Promised extends Row {
  readonly act: Act;
  /** The charge, refund or dispute. */
  readonly subject: string;
  /** Unix milliseconds. */
  readonly dueAt: number;
}

export interface Agenda {
  /** Does what is due and comes back for the rest. */
  wake(): void;
  /** Does now what would be due within so many hours, oldest first; answers how much that was. */
  elapse(hours: number): number;
  stop(): void;
}

/** Keeps what was promised: it is in the state, so a restart forgets none of it. */
export function createAgenda(
  account: Account,
  acts: Readonly<Record<Act, (account: Account, subject: string) => void>>,
  changed: () => void,
): Agenda {
  const timer = createTimer(account.agenda, account.today, () => wake());
  return { wake, elapse: (hours) => keep(hours * 3_600_000), stop: timer.stop };

  function wake(): void {
    keep(0);
    timer.rest();
  }

  function keep(withinMs: number): number {
    const promised = timer.due({ withinMs });
    for (const { id, act, subject } of promised) {
      account.commit({ requestId: null, key: null }, () => {
        account.agenda.remove(id);
        acts[act](account, subject);
      });
    }
    if (promised.length > 0) changed();
    return promised.length;
  }
}
