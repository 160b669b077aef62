import { ProcessStep } from '../../models/durable/process-step.js';
import { keptUntil, RootPassword } from '../../models/servers/root-password.js';
import { Service } from '../../models/services/service.js';
import { askedAt } from '../durable/clock.js';

/** Longer than between two rounds: what is kept back is there at every moment. */
const SOON_MS = 3 * 3_600_000;

export function createRootPasswordActivities() {
  return {
    /**
     * Deletes what nobody looked at in its time. A server still being prepared keeps its own: it is not handed over yet; and
     * while the letter that leads to it is kept back, the customer's time has not begun.
     */
    async forgetRootPasswords(): Promise<void> {
      const at = askedAt();
      await RootPassword.query()
        .whereNotNull('passwordSealed')
        .where('expiresAt', '<=', new Date(at.getTime() + SOON_MS))
        .whereIn('serviceId', untold())
        .patch({ expiresAt: keptUntil(at) });
      const preparing = Service.query().select('id').where({ status: 'preparing' });
      await RootPassword.query()
        .whereNotNull('passwordSealed')
        .where('expiresAt', '<=', at)
        .whereNotIn('serviceId', preparing)
        .patch({ passwordSealed: null });
    },
  };
}

/** Services whose process has not sent its last letter yet: it waits for the mail server, or at a stop. */
function untold() {
  const sending = { process: 'serverProvisioning', step: 'welcome' };
  return ProcessStep.query().select(ProcessStep.raw('subject_id::uuid')).where(sending).whereNull('endedAt');
}
