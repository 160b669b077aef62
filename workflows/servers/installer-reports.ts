import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { ProvisioningActivities } from '../../activities/servers/index.js';
import type { InstallationOn, Look } from '../../activities/servers/installations.js';
import { promptHardware } from '../durable/patience.js';
import { installerStarted, osInstalled, serverBooted } from '../messages/server-provisioning.js';

const { lookAtInstallation } = proxyActivities<ProvisioningActivities>(promptHardware);

const milestones = ['started', 'installed', 'booted'] as const;
export type Milestone = (typeof milestones)[number];

/** `off`: the machine switched itself off before it reported. */
export type Heard = 'reported' | 'silent' | 'off';

const MINUTE = 60_000;
/** A look costs a dozen events of history: often at first, while a person may be watching, then less. */
const LOOK_AFTER_MS = [15_000, 15_000, 30_000, 30_000, MINUTE] as const;

/** What installers say, by signal; and by looking at the row they reported to, so that no lost signal holds anybody up. */
export function installerReports() {
  const furthest = new Map<string, number>();
  const note = (installationId: string, status: Look['status']) => {
    const reached = milestones.indexOf(status as Milestone); // `waiting` and `abandoned` are no milestones: -1
    furthest.set(installationId, Math.max(furthest.get(installationId) ?? -1, reached));
  };
  setHandler(installerStarted, ({ installationId }) => note(installationId, 'started'));
  setHandler(osInstalled, ({ installationId }) => note(installationId, 'installed'));
  setHandler(serverBooted, ({ installationId }) => note(installationId, 'booted'));

  /** Waits until the installation has come so far, for a time; sooner when its machine is off. */
  return async function report(on: InstallationOn, milestone: Milestone, patienceMs: number): Promise<Heard> {
    const { installationId } = on;
    const isThere = () => (furthest.get(installationId) ?? -1) >= milestones.indexOf(milestone);
    const until = Date.now() + patienceMs;
    for (let looks = 0; Date.now() < until; looks++) {
      const pause = LOOK_AFTER_MS[Math.min(looks, LOOK_AFTER_MS.length - 1)] ?? MINUTE;
      const wait = Math.min(pause, until - Date.now());
      if (await condition(isThere, wait, { summary: 'until the installer is looked at' })) return 'reported';
      const { status, power } = await lookAtInstallation(on);
      note(installationId, status);
      if (isThere()) return 'reported';
      if (power === 'off') return 'off';
    }
    return 'silent';
  };
}
