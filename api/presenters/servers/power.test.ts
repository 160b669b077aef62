import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { powerDeeds, powerOutcomes } from '../../../rules/servers/power-commands.js';
import { phraseExists } from '../../../tests/support/phrases.js';
import { stepsOfCommand } from './power-command.js';

const words = suite('[SVC-04] words of power commands');

words('there are some for everything that a row may hold', () => {
  const outcomes = Object.keys(powerOutcomes);
  const keys = [
    ...outcomes.map((outcome) => `power:outcome.${outcome}`),
    ...outcomes.filter((outcome) => outcome !== 'seen').map((outcome) => `timeline:power.${outcome}`),
    ...['not_active', 'unmanaged', 'being_prepared', 'suspended', 'another_runs'].map((why) => `power:refused.${why}`),
    ...powerDeeds.flatMap((deed) => [
      ...['deed', 'form.title', 'form.effect', 'form.submit', 'card.underWay', 'command.title'].map(
        (place) => `power:${place}.${deed}`,
      ),
      `timeline:power.asked_${deed}`,
    ]),
    ...(['state', ...powerDeeds] as const).flatMap(stepsOfCommand).map((step) => `steps:step.${step}`),
    ...['wrongMachine', 'bmcRefused', 'notReached'].flatMap((problem) =>
      ['problem', 'then'].map((place) => `steps:${place}.${problem}`),
    ),
  ];
  assert.equal(
    keys.filter((key) => !phraseExists(key)),
    [],
  );
});

words.run();
