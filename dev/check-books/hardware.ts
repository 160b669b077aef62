import type { Knex } from 'knex';
import type { PortComparisonDeps } from '../../activities/network/port-comparison.js';
import { comparePorts } from '../../activities/network/port-comparison.js';
import { type ComparisonDeps, compareMachines } from '../../activities/servers/power-comparison.js';
import { ConfigurationWrong, readConfig } from '../../config.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { createSealer } from '../../gateways/sealing.js';
import { createSnmpSwitches } from '../../gateways/switch/snmp.js';
import type { Looked } from '../../models/durable/invariants/invariant.js';

export type Hardware = ComparisonDeps & PortComparisonDeps;

/** Machines and switches, asked with what the environment's key opens; nothing where that lacks what a worker is told. */
export function hardwareOf(env: Parameters<typeof readConfig>[0]): Hardware | undefined {
  try {
    const { secretsKey, previousSecretsKeys } = readConfig(env);
    const sealer = createSealer(secretsKey, previousSecretsKeys);
    return { bmcs: createBmcs(), switches: createSnmpSwitches(), sealer };
  } catch (error) {
    if (error instanceof ConfigurationWrong) return undefined;
    throw error;
  }
}

/** Our rows against the hardware itself. */
export async function compareHardware(knex: Knex, hardware: Hardware): Promise<readonly Looked[]> {
  return Promise.all([compareMachines(knex, hardware), comparePorts(knex, hardware)]);
}
