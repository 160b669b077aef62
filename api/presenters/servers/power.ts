import { phrase } from '../../../locales/phrases.js';
import type { PowerFacts } from '../../../models/servers/power-facts.js';
import { type PowerDeed, powerDeeds } from '../../../rules/servers/power-commands.js';
import type { Icon } from '../icons.js';
import { duration, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

/** Whose power it is about, and where its pages stand: a customer's server, or a machine as staff know it. */
export interface PowerPlace {
  readonly name: string;
  readonly address: string;
  /** Above every page about it. */
  readonly crumbs: readonly { readonly label: string; readonly address: string }[];
  /** What staff are called; their own names where it is staff who read. */
  readonly shop?: string | undefined;
}

export const deedIcons: Readonly<Record<PowerDeed, Icon>> = {
  cycle: 'rotate-clockwise',
  reset: 'bolt',
  off: 'power',
  on: 'player-play',
};

/** In the order of their buttons: what is wanted most stands first. */
const offered: readonly PowerDeed[] = ['cycle', 'reset', 'off', 'on'];

/** For `views/servers/_power`: the state as it was last read, what the machine is busy with, and what may be asked. */
export function presentPower(reader: Reader, place: PowerPlace, facts: PowerFacts, now: Date, mayChange = true) {
  const { language } = reader;
  const say = (key: string, values = {}) => phrase(language, `power:card.${key}`, values);
  const { reading, deed, look, lookedInVain, refusal } = facts;
  const age = reading && duration(reader, Math.max(1_000, now.getTime() - reading.readAt.getTime()));
  return {
    address: `${place.address}/power`,
    commands: `${place.address}/power-commands`,
    unfinished: deed !== undefined || look !== undefined,
    pill: pill(language, 'power', reading?.power ?? 'unknown'),
    age: age ? say('read', { age }) : say('never'),
    readAt: reading && moment(reader, reading.readAt),
    looking: look !== undefined,
    mayLook: mayChange && look === undefined && refusal !== 'not_active' && refusal !== 'unmanaged',
    inVain: lookedInVain?.outcome && say('inVain', { why: phrase(language, `power:outcome.${lookedInVain.outcome}`) }),
    underWay: deed && {
      text: say(`underWay.${deed.command}`),
      address: `${place.address}/power-commands/${deed.id}`,
    },
    refused: refusal && refusal !== 'another_runs' ? phrase(language, `power:refused.${refusal}`) : undefined,
    deeds:
      mayChange && refusal === undefined
        ? offered.map((command) => ({
            label: phrase(language, `power:deed.${command}`),
            icon: deedIcons[command],
            address: `${place.address}/power/${command}`,
            danger: command === 'off',
          }))
        : undefined,
  };
}

/** The card on a page of its own, for whoever has no scripts, and for the card that renews itself. */
export function presentPowerPage(reader: Reader, place: PowerPlace, facts: PowerFacts, now: Date, mayChange: boolean) {
  return {
    title: phrase(reader.language, 'power:card.title'),
    crumbs: place.crumbs,
    power: presentPower(reader, place, facts, now, mayChange),
  };
}

export function isDeed(command: string): command is PowerDeed {
  return powerDeeds.includes(command as PowerDeed);
}
