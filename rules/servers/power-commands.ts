/** What may be asked of a machine's power. `state` only looks. */
export const powerCommands = ['state', 'on', 'off', 'cycle', 'reset'] as const;

export type PowerCommandKind = (typeof powerCommands)[number];

/** The ones that touch the machine: each has its reason and stands in the reboot log. */
export const powerDeeds = ['on', 'off', 'cycle', 'reset'] as const;

export type PowerDeed = (typeof powerDeeds)[number];

export type Power = 'on' | 'off';

/** What a command is over with, and so how it ended; each is told in words, `power:outcome.<outcome>`. */
export const powerOutcomes = {
  seen: 'done',
  switched_on: 'done',
  switched_off: 'done',
  already_on: 'done',
  already_off: 'done',
  restarted: 'done',
  is_off: 'refused', //           a machine that is off cannot be restarted
  being_prepared: 'refused', //   a system is put on it, or it is wiped or tested
  suspended: 'refused', //        switched off for the shop's reasons
  not_active: 'refused', //       not handed over yet, or ended
  unmanaged: 'refused', //        no service processor is known of it
  withdrawn: 'refused', //        taken back while it waited at an emergency stop
  no_answer: 'failed', //         its service processor stayed silent; nothing was asked of the machine
  wrong_machine: 'failed', //     its service processor answers for another serial number; nothing was touched
  bmc_refused: 'failed', //       its service processor does not do what it is asked
  not_reached: 'failed', //       asked, and the machine did not follow
  unconfirmed: 'failed', //       asked, and nobody can say whether it followed
} as const satisfies Readonly<Record<string, 'done' | 'refused' | 'failed'>>;

export type PowerOutcome = keyof typeof powerOutcomes;

/** Where a command is to end. */
export function wantedPower(deed: PowerDeed): Power {
  return deed === 'off' ? 'off' : 'on';
}

const untouched: readonly PowerOutcome[] = ['no_answer', 'wrong_machine', 'bmc_refused'];

/** What is said in the end: of a machine that was asked nobody says that nothing was done, whatever came afterwards. */
export function toldOutcome(outcome: PowerOutcome, asked: boolean): PowerOutcome {
  const claimsNothing = untouched.includes(outcome) || powerOutcomes[outcome] === 'refused';
  return asked && claimsNothing ? 'unconfirmed' : outcome;
}

/** Known before anything is asked of the machine: there is nothing to do, or nothing that can be done. */
export function foregoneOutcome(deed: PowerDeed, power: Power): PowerOutcome | undefined {
  if (deed === 'on') return power === 'on' ? 'already_on' : undefined;
  if (deed === 'off') return power === 'off' ? 'already_off' : undefined;
  return power === 'off' ? 'is_off' : undefined;
}

/**
 * What is asked of the machine as it stands. Switching may be asked again, for it ends where it is wanted; a restart is
 * asked once and never again, whatever became of the answer: found off, the machine is only switched on.
 */
export function nextPush(deed: PowerDeed, { power, asked }: { power: Power; asked: boolean }): PowerDeed | undefined {
  if (deed === 'on' || deed === 'off') return power === deed ? undefined : deed;
  if (!asked) return deed;
  return power === 'off' ? 'on' : undefined;
}

/**
 * Whether a machine that was asked has come to rest. A cycle shows "off" for a second or two: one that is still on is
 * watched for `dipMs` before it is believed.
 */
export function isSettled(
  deed: PowerDeed,
  { power, wasOff, watchedMs, dipMs }: { power: Power; wasOff: boolean; watchedMs: number; dipMs: number },
): boolean {
  if (power !== wantedPower(deed)) return false;
  return deed !== 'cycle' || wasOff || watchedMs >= dipMs;
}

/** Of a machine that came to rest where it was wanted. `proven`: it was seen off, or its service processor said yes. */
export function reachedOutcome(deed: PowerDeed, proven: boolean): PowerOutcome {
  if (deed === 'on') return 'switched_on';
  if (deed === 'off') return 'switched_off';
  return proven ? 'restarted' : 'unconfirmed';
}
