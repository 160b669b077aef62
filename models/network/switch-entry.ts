import type { Transaction } from 'objection';
import { changedValues, recordAct, type StaffAct } from '../accounts/staff-act.js';
import { refusingConstraint } from '../refused-by.js';
import { Site } from '../servers/site.js';
import { SwitchDevice } from './switch-device.js';
import { SwitchPort } from './switch-port.js';

/** How a switch is reached; what it is spoken to with comes sealed, or stays as it is. */
export interface SwitchReach {
  readonly host: string;
  readonly port: number;
  readonly version: '2c' | '3';
  readonly communitySealed: Buffer | undefined;
}

export interface NewSwitch extends SwitchReach {
  readonly name: string;
  readonly siteId: string;
  readonly communitySealed: Buffer;
  /** Numbered from one on behind their common beginning: `Ethernet1/` gives `Ethernet1/1`. */
  readonly ports: {
    readonly beginning: string;
    readonly count: number;
    readonly firstIndex: number;
    readonly speedMbit: number;
  };
}

export type SwitchOutcome = 'saved' | { readonly field: 'name' | 'site' | 'secret'; readonly problem: string };

/** A switch with all its ports. */
export async function addSwitch({ ports, ...row }: NewSwitch, act: StaffAct): Promise<SwitchOutcome> {
  try {
    return await SwitchDevice.transaction(async (trx) => {
      const site = await Site.query(trx).findById(row.siteId);
      if (!site) return { field: 'site', problem: 'none' } as const;
      if (await SwitchDevice.query(trx).findOne({ name: row.name }))
        return { field: 'name', problem: 'taken' } as const;
      const { id } = await SwitchDevice.query(trx).insert(row);
      await insertPorts(id, ports, trx);
      const { name, host, port, version } = row;
      const after = { site: site.code, host, port, version, ports: ports.count };
      await recordAct(act, { action: 'switch.added', subjectType: 'switch', subjectId: name, after }, trx);
      return 'saved';
    });
  } catch (error) {
    if (refusingConstraint(error) !== 'switches_name_unique') throw error;
    return { field: 'name', problem: 'taken' };
  }
}

async function insertPorts(
  switchId: string,
  { beginning, count, firstIndex, speedMbit }: NewSwitch['ports'],
  trx: Transaction,
) {
  const rows = Array.from({ length: count }, (_, index) => ({
    ...{ switchId, ifIndex: firstIndex + index, name: `${beginning}${index + 1}`, speedMbit },
  }));
  await SwitchPort.query(trx).insert(rows);
}

/** Where it is reached, and with what; words of the other version of SNMP, or typed for another host, do not stay. */
export async function changeSwitch(name: string, reach: SwitchReach, act: StaffAct): Promise<SwitchOutcome> {
  return SwitchDevice.transaction(async (trx) => {
    const known = await SwitchDevice.query(trx).findOne({ name }).forUpdate().throwIfNotFound();
    const { host, port, version, communitySealed } = reach;
    if (!communitySealed && version !== known.version) return { field: 'secret', problem: 'none' };
    if (!communitySealed && host !== known.host) return { field: 'secret', problem: 'moved' };
    const was = { host: known.host, port: known.port, version: known.version };
    const is = { host, port, version, ...(communitySealed && { secret: 'replaced' }) };
    const changed = changedValues(was, is);
    if (!changed) return 'saved';
    await known.$query(trx).patch({ host, port, version, ...(communitySealed && { communitySealed }) });
    await recordAct(act, { action: 'switch.changed', subjectType: 'switch', subjectId: name, ...changed }, trx);
    return 'saved';
  });
}
