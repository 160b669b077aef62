import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { ProvisioningStep } from '../../rules/servers/provisioning-steps.js';
import type { ProcessContract } from './contract.js';

export interface ServerProvisioningInput {
  readonly serviceId: string;
}

/** `out_of_stock`: staff found no machine and gave it up. Whatever was taken is given back in every case but `active`. */
export interface ServerProvisioningResult {
  readonly outcome: 'active' | 'cancelled' | 'out_of_stock' | 'given_up';
}

export const serverProvisioning: ProcessContract<ServerProvisioningInput, ServerProvisioningResult> = {
  type: 'serverProvisioning',
  taskQueue: 'servers',
  summary: 'One server: reserved, connected, installed, verified, handed over',
  workflowId: ({ serviceId }) => `server-provisioning:${serviceId}`,
};

/** From the order: the customer changed their mind. Heeded until the installer has begun; then it changes nothing. */
export const provisioningUnwanted = defineSignal('provisioningUnwanted');

/** From the installer's call-backs, each naming the installation it belongs to. */
export const installerStarted = defineSignal<[{ readonly installationId: string }]>('installerStarted');
export const osInstalled = defineSignal<[{ readonly installationId: string }]>('osInstalled');
export const serverBooted = defineSignal<[{ readonly installationId: string }]>('serverBooted');

export const provisioningStep = defineQuery<ProvisioningStep>('step');
