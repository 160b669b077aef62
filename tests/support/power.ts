import { User } from '../../models/accounts/user.js';
import { holderOf } from '../../models/servers/power-circumstances.js';
import { PowerCommand } from '../../models/servers/power-command.js';
import { type PowerAnswer, type PowerRequest, requestPower } from '../../models/servers/power-request.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import type { Service } from '../../models/services/service.js';

/** A customer's wish about the machine of their service. */
export async function askForPower(service: Service, differing: Partial<PowerRequest> = {}): Promise<PowerAnswer> {
  const at = differing.at ?? new Date('2027-03-11T10:00Z');
  const { server } = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server')
    .throwIfNotFound();
  const held = await holderOf(server.id, at);
  const user = await User.query()
    .whereExists(User.knex()('memberships').whereRaw('user_id = users.id').where({ customerId: service.customerId }))
    .first()
    .throwIfNotFound();
  const usual = { command: 'cycle', reason: 'new kernel', by: { user }, from: '192.0.2.7' } as const;
  return requestPower({ server, service: held, at, ...usual, ...differing });
}

/** The same, taken. */
export async function aPowerCommand(service: Service, differing: Partial<PowerRequest> = {}): Promise<PowerCommand> {
  const answer = await askForPower(service, differing);
  if ('refused' in answer) throw new Error(`refused: ${answer.refused}`);
  return PowerCommand.query().findById(answer.accepted.id).throwIfNotFound();
}
