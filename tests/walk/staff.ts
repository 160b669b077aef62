import { Dispute } from '../../models/billing/dispute.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { settleTask } from '../../models/durable/staff-task-hands.js';
import { Server } from '../../models/servers/server.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { disputeMoved, dispute as disputeProcess } from '../../workflows/messages/dispute.js';
import { serviceCancellation, takeUpCancellation } from '../../workflows/messages/service-cancellation.js';
import { processOfTask, resolveStaffTask, type StaffAnswer } from '../../workflows/messages/staff-tasks.js';
import { asked } from './customer.js';
import type { Dice } from './dice.js';
import type { WalkShop } from './shop.js';

/** Every open task gets an answer: mostly once more; with patience at an end the step is skipped, or all given up. */
export async function answerTasks(shop: WalkShop, dice: Dice, round: number, atLast = false): Promise<number> {
  const open = await StaffTask.query().modify('open');
  for (const { id, workflowId, skippable, subject, step } of open) {
    const act = { staff: shop.staff, address: '192.0.2.1', at: shop.now() };
    if (workflowId === null) {
      await settleTask(id, 'a walk', act);
      continue;
    }
    const about = ['task', round, subject, step] as const;
    const drawn = dice.weighed<StaffAnswer>({ retry: 70, skip: 15, cancel: 15 }, ...about);
    const wanted = atLast ? 'cancel' : drawn;
    const answer = wanted === 'skip' && !skippable ? 'retry' : wanted;
    const resolution = { taskId: id, answer, staffId: shop.staff.id, note: 'a walk' };
    await asked(shop.processes.update(processOfTask, { workflowId }, resolveStaffTask, resolution));
  }
  return open.length;
}

/** What was given up and rests is taken up now and then; the rest comes back by itself. Says how much rests. */
export async function takeUpResting(shop: WalkShop, dice: Dice, round: number): Promise<number> {
  const resting = await ServiceCancellation.query().where({ status: 'resting' });
  for (const { id: cancellationId, serviceId } of resting) {
    if (!dice.chance(0.5, 'rest', round, serviceId)) continue;
    const by = { staffId: shop.staff.id, address: '192.0.2.1' };
    await asked(
      shop.processes.update(serviceCancellation, { cancellationId }, takeUpCancellation, { by, note: 'a walk' }),
    );
  }
  return resting.length;
}

/** Banks decide what was disputed; the provider's word of it may get lost, as all its words. */
export async function decideDisputes(shop: WalkShop, dice: Dice): Promise<void> {
  for (const { id, providerId, status } of await Dispute.query().whereIn('status', [
    'open',
    'under_review',
    'inquiry',
  ])) {
    const outcome = dice.weighed({ won: 4, lost: 4, later: 2 }, 'dispute', status, id);
    if (outcome === 'later') continue;
    try {
      shop.simulator.control.decideDispute(providerId, status === 'inquiry' ? 'escalated' : outcome);
    } catch {
      continue; // decided meanwhile
    }
    await asked(shop.processes.signal(disputeProcess, { disputeId: id }, disputeMoved));
  }
}

/** Machines that came back or failed are wiped, tested and put in stock: what a data centre does, without its days. */
export async function wipeMachines(shop: WalkShop): Promise<number> {
  const { hardware, servers } = shop.workshop;
  for (const index of servers.keys()) hardware.faults.clear(`r1-${String(index + 1).padStart(2, '0')}`);
  return Server.query()
    .whereIn('status', ['quarantined', 'releasing', 'failed_provisioning', 'failed_releasing'])
    .whereNotExists(
      Server.knex().raw('SELECT FROM server_leases l WHERE l.server_id = servers.id AND upper_inf(l.during)'),
    )
    .patch({ status: 'ready', statusSince: shop.now() });
}
