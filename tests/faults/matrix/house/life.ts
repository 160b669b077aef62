import { AsyncLocalStorage } from 'node:async_hooks';

/** What a deed of an activity changes: something outside, rows of ours, or nothing. */
export type Touches = 'outside' | 'rows' | 'nothing';

/** One thing an activity does: a statement, a call of a gateway. */
export interface Deed {
  readonly touches: Touches;
  /** What its caller meets when the answer does not arrive. */
  lost(): Error;
  /** What is left behind by a caller that is no more. */
  abandoned?(): void;
  /** What its caller meets where others were at the same rows: nothing was written. */
  conflict?(): Promise<Error>;
}

/**
 * How an attempt is to end before its time: at a moment, each deed being two of them; with an answer that is lost; or
 * with the first rows that it would have written.
 */
export type Ending = { readonly diesAt: number } | { readonly loses: Touches } | 'conflict' | undefined;

const lives = new AsyncLocalStorage<Life>();

/** One attempt of an activity, as far as others see it: the moments before and after each of its deeds. */
export class Life {
  moments = 0;
  touches: Touches = 'nothing';
  dead = false;
  met = false;
  private readonly died: Promise<void>;
  private die = () => {};

  constructor(private readonly ending: Ending) {
    this.died = new Promise((resolve) => {
      this.die = resolve;
    });
  }

  /** What it came to; `dead` where it stopped in the middle, and from then on does nothing more. */
  async live<Result>(work: () => Promise<Result>): Promise<{ result: Result } | 'dead'> {
    return Promise.race([lives.run(this, work).then((result) => ({ result })), this.died.then(() => 'dead' as const)]);
  }

  async around<Answer>(deed: Deed, act: () => Promise<Answer>): Promise<Answer> {
    await this.moment(deed);
    if (this.ending === 'conflict' && !this.met && deed.touches === 'rows' && deed.conflict) {
      this.met = true;
      throw await deed.conflict();
    }
    const answer = await act();
    if (deed.touches === 'outside' || this.touches === 'nothing') this.touches = deed.touches;
    await this.moment(deed);
    const loses = typeof this.ending === 'object' && 'loses' in this.ending ? this.ending.loses : undefined;
    if (this.met || loses === undefined || (loses !== 'nothing' && loses !== deed.touches)) return answer;
    this.met = true;
    throw deed.lost();
  }

  private async moment(deed: Deed): Promise<void> {
    const isLast = typeof this.ending === 'object' && 'diesAt' in this.ending && this.moments === this.ending.diesAt;
    this.moments += 1;
    if (!isLast && !this.dead) return;
    deed.abandoned?.();
    this.met = this.dead = true;
    this.die();
    await new Promise(() => {}); // nobody is there any more
  }
}

/** Whatever is done outside of an attempt that is watched, is just done. */
export function around<Answer>(deed: Deed, act: () => Promise<Answer>): Promise<Answer> {
  const life = lives.getStore();
  return life ? life.around(deed, act) : act();
}
