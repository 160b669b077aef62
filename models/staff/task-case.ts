import { StaffMember } from '../accounts/staff-member.js';
import { ProcessStep } from '../durable/process-step.js';
import { StaffTask } from '../durable/staff-task.js';
import { StaffTaskEvent } from '../durable/staff-task-event.js';
import { PowerReading } from '../servers/power-reading.js';
import { ServiceCancellation } from '../services/service-cancellation.js';
import { caseOf } from './case.js';

export type TaskCase = Awaited<ReturnType<typeof taskCaseOf>>;

/** Everything that a person needs who decides about a task: its case, what was done with it, and who else may have it. */
export async function taskCaseOf(task: StaffTask, now: Date) {
  const { id, workflowId, answeredBy } = task;
  const [about, events, earlier, members] = await Promise.all([
    caseOf(workflowId, now),
    StaffTaskEvent.query().modify('of', id),
    workflowId === null
      ? []
      : StaffTask.query().where({ workflowId }).whereNot({ id }).whereNotNull('answer').limit(20),
    StaffMember.query().orderBy('name'),
  ]);
  const running = about.steps.find(({ status }) => status === 'running');
  const [process, rowId = ''] = workflowId?.split(':') ?? [];
  const [past, reading, cancellation] = await Promise.all([
    running ? ProcessStep.secondsOf(running.process, [running.step]) : {},
    about.lease && PowerReading.query().findById(about.lease.serverId),
    process === 'service-cancellation'
      ? ServiceCancellation.query().findById(rowId).withGraphFetched('service.customer')
      : undefined,
  ]);
  const nameOf = (staffId: string | null) => members.find((member) => member.id === staffId)?.name;
  return {
    about,
    events,
    earlier,
    members,
    running,
    past,
    reading,
    cancellation,
    nameOf,
    answeredBy: nameOf(answeredBy),
  };
}
