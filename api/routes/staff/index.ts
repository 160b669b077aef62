import type { RouteDeclaration } from '../../routing.js';
import type { CodecDeps } from '../durable/codec.js';
import { auditRoutes } from './audit.js';
import { bookRoutes } from './books.js';
import { customerRoutes } from './customers.js';
import { staffInvoiceRoutes } from './invoices.js';
import { memberRoutes } from './members.js';
import { staffOrderRoutes } from './orders.js';
import { overviewRoutes } from './overview.js';
import { paymentBatchRoutes } from './payment-batches.js';
import { paymentDeskRoutes } from './payment-desk.js';
import { paymentPlanRoutes } from './payment-plan.js';
import { failedPaymentRoutes } from './payments.js';
import { peopleRoutes } from './people.js';
import { staffPowerRoutes } from './power.js';
import { prefixFormRoutes } from './prefix-form.js';
import { prefixRoutes } from './prefixes.js';
import { type StaffRefundDeps, staffRefundRoutes } from './refunds.js';
import { retryScheduleRoutes } from './retry-schedule.js';
import { type ServerFormDeps, serverFormRoutes } from './server-form.js';
import { serverInventoryRoutes } from './servers.js';
import { stopRoutes } from './stops.js';
import { switchFormRoutes } from './switch-form.js';
import { switchRoutes } from './switches.js';
import { taskAnswerRoutes } from './task-answer.js';
import { taskHandsRoutes } from './task-hands.js';
import { taskRestRoutes } from './task-rest.js';
import { staffTaskRoutes } from './tasks.js';
import { userFormRoutes } from './user-form.js';
import { workflowRoutes } from './workflows.js';

export interface StaffDeps extends ServerFormDeps, StaffRefundDeps {
  readonly publicUrl: string;
  /** Absent: payloads stay sealed in the Temporal UI. */
  readonly codec?: Pick<CodecDeps, 'secret'> | undefined;
}

/** What staff see and decide. */
export function staffRoutes(deps: StaffDeps): RouteDeclaration[] {
  return [
    ...overviewRoutes(deps),
    ...staffTaskRoutes(deps),
    ...taskAnswerRoutes(deps),
    ...taskRestRoutes(deps),
    ...taskHandsRoutes(deps),
    ...staffOrderRoutes(deps),
    ...customerRoutes(deps),
    ...userFormRoutes(deps),
    ...serverFormRoutes(deps),
    ...serverInventoryRoutes(deps),
    ...staffInvoiceRoutes(deps),
    ...staffRefundRoutes(deps),
    ...failedPaymentRoutes(deps),
    ...paymentDeskRoutes(deps),
    ...paymentPlanRoutes(deps),
    ...paymentBatchRoutes(deps),
    ...retryScheduleRoutes(deps),
    ...staffPowerRoutes(deps),
    ...switchFormRoutes(deps),
    ...switchRoutes(deps),
    ...prefixFormRoutes(deps),
    ...prefixRoutes(deps),
    ...workflowRoutes(deps),
    ...stopRoutes(deps),
    ...peopleRoutes(deps),
    ...memberRoutes(),
    ...bookRoutes(deps),
    ...auditRoutes(),
  ];
}
