import type { ProcessContract } from './contract.js';

export interface StopReleaseInput {
  readonly stopId: string;
}

export const stopRelease: ProcessContract<StopReleaseInput> = {
  type: 'stopRelease',
  taskQueue: 'orders',
  summary: 'One lifted stop, until everything that waited at it was told',
  workflowId: ({ stopId }) => `stop-release:${stopId}`,
};
