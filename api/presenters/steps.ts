import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';
import type { Icon } from './icons.js';
import { duration, type Reader } from './moments.js';
import type { Tone } from './pill.js';

export type StepState =
  | 'waiting'
  | 'running'
  | 'retrying'
  | 'staff'
  | 'held'
  | 'done'
  | 'failed'
  | 'skipped'
  | 'undone';

export interface Step {
  readonly name: string;
  readonly state: StepState;
  readonly startedAt?: Date | null;
  readonly endedAt?: Date | null;
  /** From past runs. */
  readonly usualMs?: number;
  readonly sentence?: string;
}

const looks: Readonly<Record<StepState, { tone: Tone; icon: Icon; motion?: 'qm-spin' }>> = {
  waiting: { tone: 'idle', icon: 'circle-dashed' },
  running: { tone: 'info', icon: 'loader-2', motion: 'qm-spin' },
  retrying: { tone: 'warn', icon: 'refresh' },
  staff: { tone: 'warn', icon: 'user-circle' },
  held: { tone: 'warn', icon: 'clock-pause' },
  done: { tone: 'ok', icon: 'check' },
  failed: { tone: 'bad', icon: 'x' },
  skipped: { tone: 'warn', icon: 'player-skip-forward' },
  undone: { tone: 'idle', icon: 'arrow-left' },
};

const underWay: readonly StepState[] = ['running', 'retrying', 'staff', 'held'];

/** What goes wrong in a step, and what follows: that it goes on by itself, or that somebody of the staff decides. */
export function troubleOf(language: Language, problem: string | null | undefined, isWithStaff: boolean): string[] {
  const then = isWithStaff ? ['withStaff'] : problem ? [`then.${problem}`] : [];
  return [...(problem ? [`problem.${problem}`] : []), ...then].map((key) => phrase(language, `steps:${key}`));
}

/** For `partials/steps`: each step with how long it took, or takes so far, beside its usual time. */
export function presentSteps(reader: Reader, steps: readonly Step[], now: Date) {
  return steps.map((step) => ({
    name: step.name,
    sentence: step.sentence,
    ...looks[step.state],
    stateWord: phrase(reader.language, `frame:steps.${step.state}`),
    current: underWay.includes(step.state),
    times: timesOf(reader, step, now),
  }));
}

function timesOf(reader: Reader, { state, startedAt, endedAt, usualMs }: Step, now: Date): string {
  const taken = startedAt
    ? duration(reader, (endedAt ?? now).getTime() - startedAt.getTime())
    : phrase(reader.language, `frame:steps.${state}`);
  const usual =
    usualMs === undefined ? [] : [phrase(reader.language, 'frame:steps.usually', { time: duration(reader, usualMs) })];
  return [taken, ...usual].join(' · ');
}
