import { sleep } from '@temporalio/activity';
import type { AccessTokens } from '../../gateways/access-tokens.js';
import { BmcRefused, BmcUnreachable, type PowerState } from '../../gateways/bmc/bmc.js';
import type { Probe } from '../../gateways/probe/probe.js';
import { drawRootSecret } from '../../gateways/root-passwords.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { Installation, type InstallationStatus, installationTokenHash } from '../../models/servers/installation.js';
import { keptUntil, RootPassword, rootPasswordLinkHash } from '../../models/servers/root-password.js';
import { Server } from '../../models/servers/server.js';
import { Service } from '../../models/services/service.js';
import { primaryAddress } from '../../rules/network/host-addresses.js';
import { askedAt } from '../durable/clock.js';
import { DeviceBusy } from '../durable/devices.js';
import { heartbeating } from '../durable/heartbeats.js';
import { withBmc } from './machines.js';
import { type OnMachine, type PowerDeps, usualPace } from './power.js';

export interface InstallationDeps extends PowerDeps {
  readonly probe: Probe;
  readonly tokens: AccessTokens;
}

export interface InstallationOn extends OnMachine {
  readonly installationId: string;
}

/** How an installation stands by its row, and whether its machine is at work; unknown while nobody can be asked. */
export interface Look {
  readonly status: InstallationStatus;
  readonly power: PowerState | 'unknown';
}

export type Answer = 'right' | 'wrong' | 'silent';

/** Between two readings of "off": a machine that restarts shows it for a moment. */
const READ_AGAIN_MS = 3_000;

export type InstallationActivities = ReturnType<typeof createInstallationActivities>;

export function createInstallationActivities({ probe, tokens, pace = usualPace, ...deps }: InstallationDeps) {
  async function readPower(serverId: string): Promise<Look['power']> {
    try {
      return await withBmc(deps, serverId, async (bmc) => {
        if ((await bmc.powerState()) === 'on') return 'on';
        await sleep(Math.min(READ_AGAIN_MS, pace.withinMs));
        return bmc.powerState();
      });
    } catch (error) {
      if ([BmcUnreachable, BmcRefused, DeviceBusy].some((kind) => error instanceof kind)) return 'unknown';
      throw error;
    }
  }

  return {
    /** From now on the machine is answered for this installation, and for none that was left open. The service's root password is made once. */
    async prepareInstallation({ serviceId, serverId, installationId }: InstallationOn): Promise<void> {
      const createdAt = askedAt();
      await keepRootPassword(serviceId, createdAt);
      const tokenHash = installationTokenHash(tokens.installation(installationId));
      const row = { id: installationId, serviceId, serverId, tokenHash, status: 'waiting', createdAt } as const;
      const leftOpen = Installation.query().modify('open').where({ serverId }).whereNot({ id: installationId });
      await leftOpen.patch({ status: 'abandoned' });
      await Installation.query().insert(row).onConflict('id').ignore();
    },

    /** Takes it back unless the installer was first: what the row says is what the installer was told. */
    async withdrawInstallation(installationId: string): Promise<{ begun: boolean }> {
      const row = Installation.query().findById(installationId);
      await row.clone().where({ status: 'waiting' }).patch({ status: 'abandoned' });
      const installation = await row;
      return { begun: installation !== undefined && installation.status !== 'abandoned' };
    },

    async abandonInstallation(installationId: string): Promise<void> {
      const installation = await Installation.query().findById(installationId);
      await installation?.moveTo('abandoned', askedAt());
    },

    async lookAtInstallation({ serverId, installationId }: InstallationOn): Promise<Look> {
      const power = await heartbeating(() => readPower(serverId));
      const { status } = await Installation.query().findById(installationId).throwIfNotFound();
      return { status, power };
    },

    /** Whether the right machine answers under its address, under its name, before this look's time is over. */
    async verifyServer({ serviceId, serverId }: OnMachine): Promise<Answer> {
      const { serial } = await Server.query().findById(serverId).throwIfNotFound();
      const { hostName } = await Service.query().findById(serviceId).throwIfNotFound();
      const held = await AddressAssignment.query().modify('heldBy', serviceId).withGraphFetched('prefix');
      const address = primaryAddress(held);
      if (!address) throw new RangeError('the service holds no address');
      return heartbeating(async () => {
        for (const until = Date.now() + pace.withinMs; ; await sleep(pace.everyMs)) {
          const greeting = await probe.answers(address);
          if (greeting) return greeting.serial === serial && greeting.hostname === hostName ? 'right' : 'wrong';
          if (Date.now() > until) return 'silent';
        }
      });
    },
  };

  /** Another machine in the same service's place gets the same password: the customer knows of one server. */
  async function keepRootPassword(serviceId: string, createdAt: Date): Promise<void> {
    if (await RootPassword.query().findById(serviceId)) return;
    const { password, cryptHash } = drawRootSecret();
    const passwordSealed = deps.sealer.seal(password);
    const linkHash = rootPasswordLinkHash(tokens.rootPassword(serviceId));
    const row = { serviceId, passwordSealed, cryptHash, linkHash, createdAt, expiresAt: keptUntil(createdAt) };
    await RootPassword.query().insert(row).onConflict('serviceId').ignore();
  }
}
