import type { Response } from 'express';
import { pastSteps } from '../../../models/durable/past-steps.js';
import { findWorkflows, workflowKinds } from '../../../models/durable/workflow-row.js';
import { readListWish } from '../../presenters/list.js';
import { presentStepTimes } from '../../presenters/staff/step-times.js';
import type { TemporalUi } from '../../presenters/staff/temporal-ui.js';
import { presentWorkflows, workflowsOffer } from '../../presenters/staff/workflows.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { CodecDeps } from '../durable/codec.js';

export interface WorkflowDeps {
  readonly publicUrl: string;
  readonly temporalUi?: TemporalUi | undefined;
  readonly codec?: Pick<CodecDeps, 'secret'> | undefined;
}

/** Every process with its state and what it waits for, as its rows tell it; the cluster is looked at in its own UI. */
export function workflowRoutes({ publicUrl, temporalUi: ui, codec }: WorkflowDeps): RouteDeclaration[] {
  const codecAddress = codec && `${publicUrl}/codec/${encodeURIComponent(codec.secret)}`;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const wish = readListWish(request.query, workflowsOffer);
    const kind = workflowKinds.find((each) => each === request.query.kind);
    const { query, direction, offset, limit, filter: show = 'running' } = wish;
    const { rows, count } = await findWorkflows({ show, kind, query, direction, offset, limit });
    const input = { rows, count, wish, kind, ui, codecAddress };
    response.render('staff/workflows', presentWorkflows(response.locals.reader, input));
  }

  async function stepTimes(_request: PathRequest, response: Response): Promise<void> {
    response.render('staff/step-times', presentStepTimes(response.locals.reader, await pastSteps()));
  }

  const right = { staff: 'workflows:see' } as const;
  return [
    { method: 'get', path: '/staff/workflows', right, handle: list },
    { method: 'get', path: '/staff/workflows/step-times', right, handle: stepTimes },
  ];
}
