import { phrase } from '../../../locales/phrases.js';
import type { PowerFacts } from '../../../models/servers/power-facts.js';
import type { PowerRefusal } from '../../../models/servers/power-request.js';
import { foregoneOutcome, type PowerDeed } from '../../../rules/servers/power-commands.js';
import { usualSeconds } from '../../../rules/servers/provisioning-steps.js';
import { duration, type Reader } from '../moments.js';
import { deedIcons, type PowerPlace, presentPower } from './power.js';

export interface PowerFormInput {
  readonly place: PowerPlace;
  readonly command: PowerDeed;
  readonly facts: PowerFacts;
  /** Of the same command before, in seconds. */
  readonly past: readonly number[];
  readonly now: Date;
  readonly rejected?: { readonly typed: string };
  /** Why the command that was just sent was not taken. */
  readonly refused?: PowerRefusal | undefined;
}

/** Before a command is given: what it does, what is lost, how long it takes, and why it is given. */
export function presentPowerForm(reader: Reader, input: PowerFormInput) {
  const { place, command, facts, past, now, rejected } = input;
  const { language } = reader;
  const say = (key: string, values = {}) => phrase(language, `power:form.${key}`, { name: place.name, ...values });
  const seconds = usualSeconds(past);
  const refused = input.refused ?? facts.refusal;
  const foregone = facts.reading && foregoneOutcome(command, facts.reading.power);
  const wrong = rejected && say('wrong');
  return {
    title: say(`title.${command}`),
    crumbs: place.crumbs,
    card: presentPower(reader, place, facts, now),
    refused: refused && phrase(language, `power:refused.${refused}`),
    underWay: facts.deed && `${place.address}/power-commands/${facts.deed.id}`,
    form: facts.refusal
      ? undefined
      : {
          action: `${place.address}/power-commands`,
          command,
          effect: say(`effect.${command}`),
          tone: command === 'on' ? 'info' : 'bad',
          advice: command === 'on' ? undefined : say('advice'),
          foregone: foregone && say(`foregone.${foregone}`),
          usual: seconds === undefined ? undefined : say('usual', { time: duration(reader, seconds * 1_000) }),
          submit: say(`submit.${command}`),
          icon: deedIcons[command],
          look: command === 'on' ? 'btn-primary' : 'btn-danger',
          reason: rejected?.typed ?? '',
          hint: say(place.shop === undefined ? 'hintForStaff' : 'hint'),
          errors: wrong ? [{ field: 'reason', text: wrong }] : undefined,
          wrong,
        },
    back: place.address,
  };
}
