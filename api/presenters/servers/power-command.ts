import { phrase } from '../../../locales/phrases.js';
import type { ProcessStep } from '../../../models/durable/process-step.js';
import type { LoggedCommand } from '../../../models/servers/power-log.js';
import type { PastSeconds } from '../../../rules/orders/expected-delivery.js';
import { isPowerCommandOver } from '../../../rules/servers/power-command-status.js';
import type { PowerCommandKind } from '../../../rules/servers/power-commands.js';
import { usualSeconds } from '../../../rules/servers/provisioning-steps.js';
import { duration, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { presentSteps, type Step, type StepState, troubleOf } from '../steps.js';
import type { PowerPlace } from './power.js';

export interface PowerCommandInput {
  readonly place: PowerPlace;
  readonly command: LoggedCommand;
  readonly steps: readonly ProcessStep[];
  readonly past: PastSeconds;
  /** The task that staff have about it, while one is open. */
  readonly task: { readonly id: string } | undefined;
  readonly workflow: string | undefined;
  readonly mayChange: boolean;
  readonly now: Date;
}

const STARTING_MS = 10 * 60_000;

/** A command's page: how far it is while it is under way, what came of it afterwards. */
export function presentPowerCommand(reader: Reader, input: PowerCommandInput) {
  const { place, command, task, workflow, steps, mayChange, now } = input;
  const { language } = reader;
  const say = (key: string, values = {}) => phrase(language, `power:command.${key}`, values);
  const { status, outcome, askedAt, endedAt, powerBefore, powerAfter } = command;
  const over = isPowerCommandOver(status);
  const isHeld = !over && steps.some((step) => step.status === 'held');
  const power = (state: typeof powerBefore) => (state ? phrase(language, `states:power.${state}`) : say('notRead'));
  const forStaff = place.shop === undefined;
  return {
    title: say(`title.${command.command}`, { name: place.name }),
    crumbs: [
      ...place.crumbs,
      { label: phrase(language, 'power:log.title'), address: `${place.address}/power-commands` },
    ],
    pill: pill(language, 'powerCommand', status),
    sub: outcome
      ? [phrase(language, `power:outcome.${outcome}`), ...startingStill(reader, input)].join(' ')
      : undefined,
    address: `${place.address}/power-commands/${command.id}`,
    back: { address: place.address, label: say('back') },
    unfinished: !over,
    next: over ? undefined : nextOf(reader, input, isHeld),
    withdrawal: isHeld && mayChange,
    steps: presentSteps(reader, stepsOf(reader, input), now),
    task: forStaff && task ? { address: `/staff/tasks/${task.id}`, label: say('task') } : undefined,
    workflow: forStaff ? workflow : undefined,
    facts: [
      { label: say('who'), value: nameOfAsker(place, command) },
      ...(command.reason ? [{ label: say('reason'), value: command.reason }] : []),
      { label: say('asked'), value: moment(reader, askedAt).text },
      ...(endedAt ? [{ label: say('took'), value: duration(reader, endedAt.getTime() - askedAt.getTime()) }] : []),
      ...(command.command === 'state' ? [] : [{ label: say('before'), value: power(powerBefore) }]),
      ...(over ? [{ label: say('after'), value: power(powerAfter) }] : []),
    ],
  };
}

function nextOf({ language }: Reader, { task, command }: PowerCommandInput, isHeld: boolean) {
  const what = isHeld ? 'held' : task ? 'staff' : command.status;
  return { tone: isHeld || task ? 'warn' : 'info', text: phrase(language, `power:command.next.${what}`) };
}

/** A machine that is on has its system still to start: said for as long as that may take. */
function startingStill({ language }: Reader, { command: { outcome, endedAt }, now }: PowerCommandInput): string[] {
  const isFresh = endedAt !== null && now.getTime() - endedAt.getTime() < STARTING_MS;
  const isStarting = isFresh && (outcome === 'restarted' || outcome === 'switched_on');
  return isStarting ? [phrase(language, 'power:command.starting')] : [];
}

/** A customer reads the shop's name for its staff; staff read who it was. */
export function nameOfAsker({ shop }: PowerPlace, { userName, staffName }: LoggedCommand): string {
  return userName ?? shop ?? staffName ?? '–';
}

/** What such a command goes through, as its steps are called in their rows. */
export function stepsOfCommand(command: PowerCommandKind): readonly string[] {
  return command === 'state' ? ['power_look'] : ['power_check', `power_${command}`];
}

/** The ones begun as they stand; of a command that is over, none that were never begun. */
function stepsOf({ language }: Reader, { command, steps, past, task }: PowerCommandInput): Step[] {
  const over = isPowerCommandOver(command.status);
  return stepsOfCommand(command.command).flatMap((name) => {
    const row = steps.find(({ step }) => step === name);
    if (!row && over) return [];
    const usual = usualSeconds(past[name] ?? []);
    const isRunning = row?.status === 'running';
    const trouble = isRunning ? troubleOf(language, row.problem, task !== undefined).join(' ') : undefined;
    const sentence = row?.status === 'held' ? phrase(language, 'steps:held') : trouble;
    return [
      {
        name: phrase(language, `steps:step.${name}`),
        state: stateOf(row, task !== undefined),
        ...(row && { startedAt: row.startedAt, endedAt: row.endedAt ?? row.heldAt }),
        ...(usual !== undefined && { usualMs: usual * 1_000 }),
        ...(sentence && { sentence }),
      },
    ];
  });
}

function stateOf(row: ProcessStep | undefined, isWithStaff: boolean): StepState {
  if (!row) return 'waiting';
  if (row.status !== 'running') return row.status;
  if (isWithStaff) return 'staff';
  return row.problem ? 'retrying' : 'running';
}
