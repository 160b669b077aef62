import type { WorkflowInterceptors } from '@temporalio/workflow';
import { contracts } from '../messages/index.js';
import { activitySummaries } from './activity-summaries.js';

/**
 * Gives every activity and child its words for the Temporal UI. They travel beside the commands, so that histories from
 * before replay under other words; the codec seals them as it seals all else.
 */
export function interceptors(): WorkflowInterceptors {
  const ofActivity = new Map<string, string>(Object.entries(activitySummaries));
  const ofProcess = new Map(contracts.map(({ type, summary }) => [type, summary]));
  return {
    outbound: [
      {
        scheduleActivity(input, next) {
          const summary = ofActivity.get(input.activityType);
          return next(summary ? { ...input, options: { summary, ...input.options } } : input);
        },
        startChildWorkflowExecution(input, next) {
          const staticSummary = ofProcess.get(input.workflowType);
          return next(staticSummary ? { ...input, options: { staticSummary, ...input.options } } : input);
        },
      },
    ],
  };
}
