import { type Dice, diceOf } from './dice.js';

/** https://docs.stripe.com/testing, by what they do. */
export const cards = {
  good: '4242424242424242',
  savedAndDeclined: '4000000000000341',
  asksEachTime: '4000002760003184',
  asksThenDeclines: '4000008260003178',
  disputed: '4000000000000259',
  inquired: '4000000000001976',
  refundPending: '4000000000007726',
  refundFails: '4000000000005126',
} as const;

export type CardKind = keyof typeof cards;

const weights: Readonly<Record<CardKind, number>> = {
  good: 48,
  savedAndDeclined: 10,
  asksEachTime: 12,
  asksThenDeclines: 3,
  disputed: 6,
  inquired: 3,
  refundPending: 5,
  refundFails: 5,
};

/** What the customer and the world around one order will do, drawn beforehand: what is printed when the books break. */
export interface Plan {
  readonly order: number;
  readonly pays: 'card' | 'twice' | 'transfer' | 'transferAndCard' | 'tooMuch' | 'never';
  readonly card: CardKind;
  readonly atTheBank: 'confirm' | 'refuse' | 'leave';
  readonly changesMind: 'no' | 'unpaid' | 'preparing';
  readonly waitsMs: number;
  readonly machineFault: MachineFault | undefined;
  readonly power: 'off' | 'on' | 'cycle' | 'reset' | undefined;
  readonly ends: 'stays' | 'now' | 'withdraws';
  readonly recurringMinor: number;
  readonly setupMinor: number;
  readonly currency: 'EUR' | 'USD' | 'JPY';
}

const machineFaults = [
  { step: 'bmc', kind: 'dead', times: 2 },
  { step: 'bmc', kind: 'wrong', times: 1 },
  { step: 'netboot', kind: 'dead', times: 1 },
  { step: 'netboot', kind: 'silent', times: 1 },
  { step: 'started', kind: 'twice', times: 1 },
  { step: 'install', kind: 'off', times: 1 },
  { step: 'installed', kind: 'silent', times: 1 },
  { step: 'disk_boot', kind: 'dead', times: 1 },
  { step: 'answer', kind: 'silent', times: 3 },
] as const;

export type MachineFault = (typeof machineFaults)[number];

export function planOf(seed: string, order: number): Plan {
  const dice: Dice = diceOf(`${seed}/${order}`);
  return {
    order,
    pays: dice.weighed({ card: 68, twice: 6, transfer: 7, transferAndCard: 6, tooMuch: 5, never: 8 }, 'pays'),
    card: dice.weighed(weights, 'card'),
    atTheBank: dice.weighed({ confirm: 60, refuse: 20, leave: 20 }, 'bank'),
    changesMind: dice.weighed({ no: 76, unpaid: 6, preparing: 18 }, 'mind'),
    waitsMs: dice.number(1_500, 'waits'),
    machineFault: dice.chance(0.15, 'fault') ? dice.among(machineFaults, 'fault, which') : undefined,
    power: dice.chance(0.25, 'power')
      ? dice.among(['off', 'on', 'cycle', 'reset'] as const, 'power, which')
      : undefined,
    ends: dice.weighed({ stays: 3, now: 85, withdraws: 12 }, 'ends'),
    recurringMinor: 1_00 + dice.number(999_00, 'price'),
    setupMinor: dice.chance(0.5, 'setup') ? dice.number(99_00, 'setup, how much') : 0,
    currency: dice.weighed({ EUR: 70, USD: 20, JPY: 10 }, 'currency'),
  };
}
