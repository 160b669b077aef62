import { setTimeout as pause } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

const LOOKED_AT_EVERY_MS = 100;
/** Generous, and of the world's time: what is not so by then never will be. */
const PATIENCE_MS = 480_000;
const SHORTEST_LEAP_MS = 30_000;
const LONGEST_LEAP_MS = 6 * 3_600_000;

/**
 * One clock for stories that run beside each other. It leaps only while all of them wait, ever further until one of them
 * sees what it waits for. Of machines, which take the time of the world, it is let go by itself.
 */
export class Clock {
  private stories = 0;
  private waiting = 0;
  private seen = 0;
  private stopped = false;
  private leaping: Promise<void> | undefined;

  constructor(
    private readonly cluster: TestWorkflowEnvironment,
    private readonly leaps: boolean,
  ) {}

  async now(): Promise<Date> {
    return new Date(await this.cluster.currentTimeMs());
  }

  async during<Result>(story: () => Promise<Result>): Promise<Result> {
    this.stories += 1;
    try {
      return await story();
    } finally {
      this.stories -= 1;
      this.seen += 1;
    }
  }

  async until<Fact>(what: string, look: () => PromiseLike<Fact | undefined | false>): Promise<Fact> {
    const end = Date.now() + PATIENCE_MS;
    this.waiting += 1;
    try {
      while (Date.now() < end && !this.stopped) {
        const fact = await look();
        if (fact) return fact;
        this.leaping ??= this.leap().finally(() => {
          this.leaping = undefined;
        });
        await pause(LOOKED_AT_EVERY_MS);
      }
    } finally {
      this.waiting -= 1;
      this.seen += 1;
    }
    throw new Error(`it never came to this: ${what}`);
  }

  /** What still waits for something waits in vain; no leap is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.leaping;
    while (this.waiting > 0) await pause(LOOKED_AT_EVERY_MS);
  }

  private async leap(): Promise<void> {
    const before = this.seen;
    const all = () => this.stories > 0 && this.waiting === this.stories;
    for (let length = SHORTEST_LEAP_MS; this.leaps && !this.stopped && this.seen === before && all(); ) {
      await this.cluster.sleep(length);
      await pause(2 * LOOKED_AT_EVERY_MS); // each looks once more
      length = Math.min(2 * length, LONGEST_LEAP_MS);
    }
  }
}
