import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { PowerCommandActivities } from '../../activities/servers/power-commands.js';
import { glance } from '../durable/patience.js';
import type { PowerDoing } from './power-deed.js';

const { lookAtPower } = proxyActivities<PowerCommandActivities>(glance);

/** A look touches nothing: one that comes to nothing is told at once to whoever looks, and no staff is called. */
export function powerLook(commandId: string, enter: (step: string) => Promise<void>): PowerDoing {
  const power: PowerDoing['power'] = { before: null, after: null };
  return {
    power,
    trouble: () => 'no_answer',

    async carryOut() {
      await enter('power_look');
      try {
        const seen = await lookAtPower(commandId);
        if ('unfit' in seen) return seen.unfit;
        power.after = seen.power;
        return 'seen';
      } catch (error) {
        if (error instanceof ActivityFailure && !isCancellation(error)) return 'no_answer';
        throw error;
      }
    },
  };
}
