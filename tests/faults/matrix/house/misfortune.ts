import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { StepFault } from '../cell.js';
import type { Draw } from '../draw.js';
import { type Ending, Life, type Touches } from './life.js';

/** What one call of an activity does when nothing goes wrong. */
export interface UsualCall {
  readonly moments: number;
  readonly touches: Touches;
}

export const refused = 'is refused, and staff decide';
export type Fault = StepFault | typeof refused;

/** So long the cluster may need to notice a worker that says nothing. */
const NOTICED_WITHIN_MS = 70_000;

/** A fault that waits for the first attempt of one call of an activity. */
export class Misfortune {
  happened = false;
  private late: Promise<unknown> = Promise.resolve();
  private secondIsOver = () => {};
  private readonly second = new Promise<void>((resolve) => {
    this.secondIsOver = resolve;
  });
  private readonly ending: Ending;

  constructor(
    readonly fault: Fault,
    usual: UsualCall,
    draw: Draw,
    private readonly closing: AbortSignal,
  ) {
    if (fault === 'dies with its worker') this.ending = { diesAt: draw.number(usual.moments + 1) };
    if (fault === 'acts, and the answer is lost') this.ending = { loses: usual.touches };
  }

  async meet(attempt: number, act: () => Promise<unknown>): Promise<unknown> {
    if (attempt > 1) return act().finally(this.secondIsOver);
    this.happened = true;
    switch (this.fault) {
      case 'fails before acting':
        throw new Error('it failed before it acted');
      case 'fails after acting':
        await act();
        throw new Error('it failed after it had acted');
      case refused:
        throw ApplicationFailure.nonRetryable('it is refused');
      case 'hangs past its heartbeat':
        this.late = Promise.race([this.second, this.pause()]).then(act);
        return this.late;
      default:
        return this.end(act);
    }
  }

  /** Over when an attempt that hung has come back to do once more what was long done. */
  async over(): Promise<void> {
    await this.late.catch(() => {});
  }

  /** A dead worker says nothing more, not even by heartbeats: the cluster has to notice. */
  private async end(act: () => Promise<unknown>): Promise<unknown> {
    const context: { -readonly [Name in 'heartbeat']: Context[Name] } = Context.current();
    const { heartbeat } = context;
    const life = new Life(this.ending);
    context.heartbeat = (details?: unknown) => {
      if (!life.dead) heartbeat(details);
    };
    const lived = await life.live(act);
    if (lived !== 'dead' && this.fault !== 'dies with its worker') return lived.result;
    life.dead = true;
    await this.pause();
    throw new Error('its worker is long dead');
  }

  private pause(): Promise<void> {
    return pause(NOTICED_WITHIN_MS, undefined, { signal: this.closing }).catch(() => {});
  }
}
