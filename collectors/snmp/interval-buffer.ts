import { MetricsRefused, type MetricsStore, MetricsUnreachable } from '../../gateways/metrics/metrics-store.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';

export interface BufferDeps {
  readonly store: Pick<MetricsStore, 'write'>;
  /** How many intervals are kept while the store is away; beyond it the oldest are a gap. */
  readonly most: number;
  readonly batch?: number;
  readonly log: {
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
    info(facts: object, message: string): void;
  };
}

/** Large enough for the store, small enough for the collector's memory. */
const BATCH = 1_000;

/**
 * Intervals that are over and not yet kept. They are written in the order in which they came, late where the store was
 * away.
 */
export class IntervalBuffer {
  private queue: TrafficInterval[] = [];
  private writing: Promise<boolean> | undefined;
  private away = false;
  /** Intervals that nobody will see: beyond the bound, or refused. */
  lost = 0;

  constructor(private readonly deps: BufferDeps) {}

  get length(): number {
    return this.queue.length;
  }

  add(intervals: readonly TrafficInterval[]): void {
    for (const interval of intervals) this.queue.push(interval);
    this.keepWithinBound();
  }

  /** Writes all that there is; false while the store is away. */
  flush(): Promise<boolean> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  private async writeAll(): Promise<boolean> {
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.deps.batch ?? BATCH);
      try {
        await this.write(batch);
      } catch (error) {
        this.queue = [...batch, ...this.queue]; // what was written of it is only written again
        this.keepWithinBound();
        if (!(error instanceof MetricsUnreachable)) throw error;
        if (!this.away) this.deps.log.warn({ err: error, waiting: this.length }, 'the metrics store is away');
        this.away = true;
        return false;
      }
      if (this.away) this.deps.log.info({ waiting: this.length }, 'the metrics store is back');
      this.away = false;
    }
    return true;
  }

  /** One interval that is refused holds up no other: the batch is halved until it stands alone. */
  private async write(batch: readonly TrafficInterval[]): Promise<void> {
    try {
      await this.deps.store.write(batch);
    } catch (error) {
      if (!(error instanceof MetricsRefused)) throw error;
      if (batch.length === 1) {
        this.lost++;
        this.deps.log.error({ err: error, interval: batch[0] }, 'an interval of traffic is refused');
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.write(batch.slice(0, half));
      await this.write(batch.slice(half));
    }
  }

  private keepWithinBound(): void {
    const excess = this.queue.length - this.deps.most;
    if (excess <= 0) return;
    const [oldest] = this.queue.splice(0, excess);
    this.lost += excess;
    this.deps.log.error({ lost: excess, from: oldest?.startsAt }, 'too much traffic waits for its store: a gap');
  }
}
