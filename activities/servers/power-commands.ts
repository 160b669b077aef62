import { sleep } from '@temporalio/activity';
import { type Bmc, BmcRefused, BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { powerCircumstances } from '../../models/servers/power-circumstances.js';
import { PowerCommand, type PowerEnd } from '../../models/servers/power-command.js';
import { PowerReading } from '../../models/servers/power-reading.js';
import type { Server } from '../../models/servers/server.js';
import { isPowerCommandOver } from '../../rules/servers/power-command-status.js';
import {
  foregoneOutcome,
  isSettled,
  nextPush,
  type Power,
  type PowerCommandKind,
  type PowerDeed,
  type PowerOutcome,
  toldOutcome,
} from '../../rules/servers/power-commands.js';
import { powerRefusal } from '../../rules/servers/power-refusal.js';
import { askedAt } from '../durable/clock.js';
import { withBmc } from './machines.js';
import { type PowerDeps, usualPace } from './power.js';
import { showingTrouble } from './trouble.js';

/** Its row's facts for the process; `over`: it is finished already, or may not be given any more. */
export type BegunPowerCommand =
  | { readonly over: PowerOutcome }
  | { readonly command: PowerCommandKind; readonly labels: { readonly service: string; readonly customer?: string } };

/** A machine that is not to be touched, and what it or its service processor said. */
export interface Unfit {
  readonly unfit: 'wrong_machine' | 'bmc_refused';
  readonly detail: string;
}

/** `pushed`: the machine was asked before, whatever came of it. */
export type LookedAt = { readonly power: Power; readonly pushed: boolean };

/**
 * `found`: as it stood before it was asked; `taken`: its service processor said yes just now. `over`: it was not asked,
 * because there is nothing to do, or it may not be any more.
 */
export type Pushed = { readonly found: Power; readonly taken: boolean } | { readonly over: PowerOutcome };

/** `power` is where it was when patience ended or it came to rest. */
export type Watched = { readonly power: Power; readonly settled: boolean; readonly wasOff: boolean };

interface PowerEnded extends PowerEnd {
  readonly commandId: string;
}

/** For so long a cycle that is not seen to begin may still be about to. */
const DIP_MS = 10_000;

const pushes: Readonly<Record<PowerDeed, (bmc: Bmc) => Promise<void>>> = {
  on: (bmc) => bmc.powerOn(),
  off: (bmc) => bmc.powerOff(),
  cycle: (bmc) => bmc.powerCycle(),
  reset: (bmc) => bmc.reset(),
};

export type PowerCommandActivities = ReturnType<typeof createPowerCommandActivities>;

export function createPowerCommandActivities({
  pace = usualPace,
  dipMs = DIP_MS,
  ...deps
}: PowerDeps & { dipMs?: number }) {
  /** The machine itself, by its serial number; a refusal is told, silence is tried again. */
  const asked = <Answer>(command: PowerCommand, work: (bmc: Bmc, server: Server) => Promise<Answer>) =>
    showingTrouble({ process: 'powerCommand', subjectId: command.id }, async (): Promise<Answer | Unfit> => {
      try {
        return await withBmc(deps, command.serverId, async (bmc, server) => {
          const found = await bmc.serial();
          if (found === server.serial) return work(bmc, server);
          return { unfit: 'wrong_machine', detail: `${found}, not ${server.serial}` };
        });
      } catch (error) {
        if (!(error instanceof BmcRefused)) throw error;
        return { unfit: 'bmc_refused', detail: error.message };
      }
    });

  async function read(bmc: Bmc, { serverId }: PowerCommand): Promise<Power> {
    const power = await bmc.powerState();
    await PowerReading.note(serverId, power, askedAt());
    return power;
  }

  return {
    /** Where it is finished or no longer allowed, that is what the process ends with. */
    async beginPowerCommand(commandId: string): Promise<BegunPowerCommand> {
      const command = await PowerCommand.query()
        .findById(commandId)
        .withGraphFetched('[server, service.customer]')
        .throwIfNotFound();
      if (command.outcome && isPowerCommandOver(command.status)) return { over: command.outcome };
      const refused = await refusalOf(command);
      if (refused) {
        await command.end({ outcome: refused, powerBefore: null, powerAfter: null }, askedAt());
        return { over: refused };
      }
      await command.begin(askedAt());
      const { service, server } = command;
      const labels = service ? { service: service.slug, customer: service.customer.number } : { service: server.label };
      return { command: command.command, labels };
    },

    async lookAtPower(commandId: string): Promise<LookedAt | Unfit> {
      const command = await commandOf(commandId);
      return asked(command, async (bmc) => ({ power: await read(bmc, command), pushed: command.pushedAt !== null }));
    },

    /**
     * Asks the machine for it, after a look at how it stands. That it is asked is written first: an attempt that finds it
     * written, because a worker died or an answer was lost, looks and asks for no second restart.
     */
    async pushPower(commandId: string): Promise<Pushed | Unfit> {
      return asked(await commandOf(commandId), async (bmc): Promise<Pushed> => {
        const command = await commandOf(commandId); // anew: an attempt before this one may have held the machine till now
        const isFirst = command.pushedAt === null;
        const deed = command.command as PowerDeed;
        const refused = await refusalOf(command);
        if (refused) return { over: refused };
        const found = await read(bmc, command);
        const over = isFirst ? foregoneOutcome(deed, found) : undefined;
        if (over) return { over };
        const push = nextPush(deed, { power: found, asked: !isFirst });
        if (!push) return { found, taken: false };
        if (isFirst) await command.notePush(askedAt());
        return {
          found,
          taken: await isTaken(() => pushes[push](bmc), isFirst ? () => command.takePushBack() : undefined),
        };
      });
    },

    /** Until it stands where it was wanted, or for as long as that may take. */
    async watchPower(commandId: string): Promise<Watched | Unfit> {
      const command = await commandOf(commandId);
      return asked(command, async (bmc) => {
        const since = Date.now();
        for (let wasOff = false; ; ) {
          const power = await read(bmc, command);
          const watchedMs = Date.now() - since;
          wasOff ||= power === 'off';
          const settled = isSettled(command.command as PowerDeed, { power, wasOff, watchedMs, dipMs });
          if (settled || watchedMs > pace.withinMs) return { power, settled, wasOff };
          await sleep(pace.everyMs);
        }
      });
    },

    /** What it ended with, as it is told. */
    async endPowerCommand({ commandId, ...end }: PowerEnded): Promise<PowerOutcome> {
      const command = await commandOf(commandId);
      const outcome = toldOutcome(end.outcome, command.pushedAt !== null);
      await command.end({ ...end, outcome }, askedAt());
      return outcome;
    },
  };
}

/** An answer that was lost is none: the machine's state tells. What is refused was never asked of the machine. */
async function isTaken(push: () => Promise<void>, whenRefused?: () => Promise<void>): Promise<boolean> {
  try {
    await push();
    return true;
  } catch (error) {
    if (error instanceof BmcUnreachable) return false;
    if (error instanceof BmcRefused) await whenRefused?.();
    throw error;
  }
}

function commandOf(commandId: string) {
  return PowerCommand.query().findById(commandId).throwIfNotFound().execute();
}

async function refusalOf(command: PowerCommand): Promise<PowerOutcome | undefined> {
  return powerRefusal(await powerCircumstances(command, askedAt()));
}
