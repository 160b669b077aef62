import { RootPassword } from '../../models/servers/root-password.js';
import { Service } from '../../models/services/service.js';
import { askedAt } from '../durable/clock.js';

export function createRootPasswordActivities() {
  return {
    /** Deletes what nobody looked at in its time. A server still being prepared keeps its own: it is not handed over yet. */
    async forgetRootPasswords(): Promise<void> {
      const preparing = Service.query().select('id').where({ status: 'preparing' });
      await RootPassword.query()
        .whereNotNull('passwordSealed')
        .where('expiresAt', '<=', askedAt())
        .whereNotIn('serviceId', preparing)
        .patch({ passwordSealed: null });
    },
  };
}
