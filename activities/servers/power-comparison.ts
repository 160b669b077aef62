import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Looked } from '../../models/durable/invariants/invariant.js';
import { type StandingMachine, standingMachines } from '../../models/servers/power-standing.js';
import type { Power } from '../../rules/servers/power-commands.js';
import { expectedPower } from '../../rules/servers/power-expectation.js';
import { type Asked, askEach } from '../durable/asked-devices.js';
import { bmcOf, type MachineDeps } from './machines.js';

export interface ComparisonDeps extends MachineDeps {
  /** How long after the first look one that stands wrong is looked at once more. */
  readonly againAfterMs?: number;
}

const AGAIN_AFTER_MS = 5_000;

type Standing = { readonly power: Power; readonly serial: string };
type Row = NonNullable<Looked['rows']>[number];

/**
 * Machines against our rows: on or off as we left them, and each service processor its own machine's. One that stands wrong
 * is looked at twice, with our rows read anew, so that what moves meanwhile is no fault; one that does not answer is not known.
 */
export async function compareMachines(
  knex: Knex,
  { againAfterMs = AGAIN_AFTER_MS, ...deps }: ComparisonDeps,
): Promise<Looked> {
  const first = await look(knex, deps);
  const ids = first.flatMap(([{ id }, , fault]) => (fault ? [id] : []));
  if (ids.length > 0) await pause(againAfterMs);
  const second = ids.length > 0 ? await look(knex, deps, ids) : [];
  const unknown = [...first, ...second].flatMap(([{ label }, asked]) =>
    'unknown' in asked ? [{ machine: label, why: asked.unknown }] : [],
  );
  const rows = second.flatMap(([, , fault]) => (fault ? [fault] : []));
  return { invariant: { id: 'I8', name: 'machinesStandAsTold' }, rows, unknown };
}

type Seen = readonly [StandingMachine, Asked<Standing>, Row | undefined];

async function look(knex: Knex, deps: MachineDeps, ids?: readonly string[]): Promise<Seen[]> {
  const machines = (await standingMachines(knex, new Date(), ids)).filter((machine) => expectedPower(machine));
  const asked = await askEach(machines, {
    device: ({ bmc }) => `bmc:${bmc.id}`,
    async ask({ bmc }) {
      const its = bmcOf(deps, bmc);
      return { serial: await its.serial(), power: await its.powerState() };
    },
  });
  return machines.flatMap((machine, place) => {
    const said = asked[place];
    return said ? [[machine, said, 'answer' in said ? faultOf(machine, said.answer) : undefined] as const] : [];
  });
}

function faultOf(machine: StandingMachine, { power, serial }: Standing): Row | undefined {
  const { label, slug, last } = machine;
  if (serial !== machine.serial) return { machine: label, serial: machine.serial, answersFor: serial };
  const expected = expectedPower(machine);
  if (!expected || power === expected) return undefined;
  const about = { machine: label, status: machine.machine, ...(slug && { service: slug }) };
  return { ...about, power, expected, ...(last && { lastCommand: last.command }) };
}
