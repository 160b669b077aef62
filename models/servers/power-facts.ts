import { standingPowerStatuses } from '../../rules/servers/power-command-status.js';
import { powerRefusal } from '../../rules/servers/power-refusal.js';
import { powerCircumstances } from './power-circumstances.js';
import { PowerCommand } from './power-command.js';
import { PowerReading } from './power-reading.js';
import type { PowerRefusal } from './power-request.js';

export interface PowerFacts {
  readonly reading: PowerReading | undefined;
  /** What it is busy with. */
  readonly deed: PowerCommand | undefined;
  /** A look under way. */
  readonly look: PowerCommand | undefined;
  /** The last look, where it is younger than the reading and brought none. */
  readonly lookedInVain: PowerCommand | undefined;
  /** Why nothing may be asked of it now. */
  readonly refusal: PowerRefusal | undefined;
}

export interface PowerSubject {
  readonly serverId: string;
  readonly serviceId: string | null;
  readonly askedBy: 'customer' | 'staff';
}

/** All that a page may say of a machine's power without asking the machine. */
export async function powerFactsOf(subject: PowerSubject, at: Date): Promise<PowerFacts> {
  const { serverId } = subject;
  const lastLook = PowerCommand.query()
    .select('id')
    .where({ serverId, command: 'state' })
    .orderBy('askedAt', 'desc')
    .limit(1);
  const [reading, commands, circumstances] = await Promise.all([
    PowerReading.query().findById(serverId),
    PowerCommand.query()
      .where({ serverId })
      .where((either) => either.whereIn('status', standingPowerStatuses).orWhere('id', lastLook)),
    powerCircumstances({ ...subject, command: 'on' }, at),
  ]);
  const deed = commands.find(({ command }) => command !== 'state');
  const look = commands.find(({ command, endedAt }) => command === 'state' && !endedAt);
  const looked = commands.find(({ command, endedAt }) => command === 'state' && endedAt);
  const inVain = looked && looked.status !== 'done' && !(reading && reading.readAt > looked.askedAt);
  return {
    ...{ reading, deed, look, lookedInVain: inVain && !look ? looked : undefined },
    refusal: powerRefusal(circumstances) ?? (deed ? 'another_runs' : undefined),
  };
}
