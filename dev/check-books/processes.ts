import type { Knex } from 'knex';
import { ConfigurationWrong, readConfig } from '../../config.js';
import { createRuns, type Run, type Runs } from '../../gateways/runs.js';
import { standingOf, type UnfinishedRow, unfinishedRows } from '../../models/durable/process-rows.js';
import { lazyClient } from '../../temporal-config/connection.js';

/** Where the cluster and the rows tell two stories. */
export interface Drift {
  readonly what: 'a run without a row' | 'a run whose row is closed' | 'a row without a run';
  readonly workflowId: string;
  /** What has no run, and how its last one ended where there was one. */
  readonly row?: UnfinishedRow;
  readonly last?: Run;
}

/**
 * Rows against the cluster's open runs. What moves meanwhile is asked a second time, each side after the other, so that
 * a shop at work shows nothing.
 */
export async function compareProcesses(knex: Knex, runs: Runs): Promise<Drift[]> {
  return [...(await runsAstray(knex, runs)), ...(await rowsAstray(knex, runs))];
}

async function runsAstray(knex: Knex, runs: Runs): Promise<Drift[]> {
  const open: string[] = [];
  for await (const { workflowId } of runs.open()) open.push(workflowId);
  const drifts: Drift[] = [];
  for (const [workflowId, standing] of await standingOf(knex, open)) {
    if (standing === 'going on') continue;
    const run = await runs.last(workflowId);
    if (run?.state !== 'open') continue;
    if (standing === 'missing') drifts.push({ what: 'a run without a row', workflowId });
    else if (!run.isBusy) drifts.push({ what: 'a run whose row is closed', workflowId });
  }
  return drifts;
}

async function rowsAstray(knex: Knex, runs: Runs): Promise<Drift[]> {
  const found: Drift[] = [];
  for (const row of await unfinishedRows(knex)) {
    const last = await runs.last(row.workflowId);
    if (last?.state === 'open') continue;
    found.push({ what: 'a row without a run', workflowId: row.workflowId, row, ...(last && { last }) });
  }
  if (found.length === 0) return [];
  const still = new Set((await unfinishedRows(knex)).map(({ workflowId }) => workflowId));
  return found.filter(({ workflowId }) => still.has(workflowId));
}

/** As a person reads it. */
export function told({ what, workflowId, row, last }: Drift): string {
  if (what === 'a run without a row') return `${workflowId} is open in the cluster, and there is no such row`;
  if (what === 'a run whose row is closed') return `${workflowId} is open in the cluster, and its row is closed`;
  const run = { open: '', ended: 'its run has ended', broken: 'its run failed or was stopped' }[last?.state ?? 'open'];
  const subject = `${workflowId} (${row?.subject ?? row?.kind}) is “${row?.stage}” by its row`;
  return `${subject}, and ${run || 'the cluster knows no run of it'}`;
}

/** The cluster of an environment; nothing where that does not name one. */
export function runsOf(env: Parameters<typeof readConfig>[0]): Runs | undefined {
  try {
    const { temporal, secretsKey, previousSecretsKeys } = readConfig(env);
    return createRuns(lazyClient(temporal, secretsKey, previousSecretsKeys));
  } catch (error) {
    if (error instanceof ConfigurationWrong) return undefined;
    throw error;
  }
}
