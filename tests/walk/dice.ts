import { drawn } from '../../dev/payments/seeded.js';

export type Weights<Choice extends string> = Readonly<Record<Choice, number>>;

/** Chances that all follow from one seed: the same words, the same throw, whatever else happens at the same time. */
export interface Dice {
  chance(of: number, ...about: (string | number)[]): boolean;
  among<Item>(items: readonly Item[], ...about: (string | number)[]): Item;
  weighed<Choice extends string>(weights: Weights<Choice>, ...about: (string | number)[]): Choice;
  number(below: number, ...about: (string | number)[]): number;
}

export function diceOf(seed: string): Dice {
  const thrown = (about: readonly (string | number)[]) => drawn(seed, ...about);
  return {
    chance: (of, ...about) => thrown(about) < of,
    number: (below, ...about) => Math.floor(thrown(about) * below),
    among(items, ...about) {
      const item = items[Math.floor(thrown(about) * items.length)];
      if (item === undefined) throw new RangeError('nothing to choose from');
      return item;
    },
    weighed<Choice extends string>(weights: Weights<Choice>, ...about: (string | number)[]): Choice {
      const choices = Object.entries(weights) as [Choice, number][];
      let left = thrown(about) * choices.reduce((sum, [, weight]) => sum + weight, 0);
      const found = choices.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      return (found ?? choices[0] ?? [])[0] as Choice;
    },
  };
}
