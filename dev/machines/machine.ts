import type { Faults } from '../faults.js';
import type { StateFile } from '../state-file.js';
import { type Body, pause } from './body.js';
import type { Cable } from './cable.js';
import type { PretendMachine } from './machine-list.js';
import { type BootOverride, type LogEntry, type MachineState, powerState, type Stage } from './machine-state.js';
import { stages } from './stages.js';
import { Halted, type Manner, type Step, SwitchedItselfOff, usualMs } from './steps.js';

export interface MachineDeps {
  readonly netbootUrl: string;
  readonly cable: Cable;
  readonly faults: Faults;
  /** How many times faster than the usual times. */
  readonly speed: number;
  readonly random: () => number;
  readonly now: () => Date;
}

const LOG_ENTRIES = 200;

/** One pretend machine: a life that goes from stage to stage while it is on, and the buttons that begin and end it. */
export class Machine {
  private life = new AbortController();

  constructor(
    readonly known: PretendMachine,
    private readonly file: StateFile<MachineState>,
    private readonly deps: MachineDeps,
  ) {}

  get state(): MachineState {
    return this.file.state;
  }

  /** Goes on where the process was stopped. */
  wake(): void {
    this.live(this.state.stage);
  }

  /** The process ends; the machine itself stays as it is. */
  sleep(): void {
    this.life.abort();
    this.file.save();
  }

  press(button: 'on' | 'off' | 'restart' | 'cycle'): void {
    const fault = button === 'on' ? this.deps.faults.take(this.known.id, 'power_on') : undefined;
    if (fault?.kind === 'dead' || fault?.kind === 'silent') return;
    if (fault?.kind === 'broken') throw new Error('the power supply refuses');
    delete this.state.installation;
    const first = { on: 'starting', off: 'stopping', restart: 'post', cycle: 'cycling' } as const;
    this.live(first[button], fault?.kind === 'slow' ? (fault.delayMs ?? usualMs.slow[0] / this.deps.speed) : 0);
  }

  setBoot(override: BootOverride): void {
    if (this.deps.faults.take(this.known.id, 'boot_override')) return;
    this.state.boot = override;
    this.log(`Boot override: ${override.BootSourceOverrideEnabled} ${override.BootSourceOverrideTarget}`);
    this.file.save();
  }

  private live(from: Stage, lateMs = 0): void {
    this.life.abort();
    this.life = new AbortController();
    void this.run(from, this.bodyFor(this.life.signal), lateMs);
  }

  private async run(from: Stage, body: Body, lateMs: number): Promise<void> {
    try {
      this.become(from);
      await pause(lateMs, body.signal);
      for (let next = await stages[from](body); next; next = await stages[next](body)) {
        body.signal.throwIfAborted();
        this.become(next);
      }
    } catch (error) {
      if (body.signal.aborted) return;
      body.say(error instanceof Error ? error.message : String(error));
      this.become(error instanceof SwitchedItselfOff ? 'off' : 'halted');
    }
  }

  private become(stage: Stage): void {
    const { stage: left } = this.state;
    const before = powerState(this.state);
    this.state.stage = stage;
    const after = powerState(this.state);
    if (before !== after) this.log(`Power state: ${after}`);
    if (stage === 'halted' && left !== stage) this.log(this.state.console, 'Critical');
    if (stage === 'running' && left !== stage) this.log('Operating system started');
    this.file.save();
  }

  private log(message: string, severity: LogEntry['severity'] = 'OK'): void {
    const { log } = this.state;
    const at = this.deps.now().toISOString();
    this.state.log = [...log, { id: (log.at(-1)?.id ?? 0) + 1, at, message, severity }].slice(-LOG_ENTRIES);
  }

  private bodyFor(signal: AbortSignal): Body {
    const { known, state, deps, file } = this;
    const take = (what: keyof typeof usualMs, part = 1) => {
      const [least, most] = usualMs[what];
      return pause(((least + deps.random() * (most - least)) * part) / deps.speed, signal);
    };
    const manner = async (step: Step): Promise<Manner> => {
      const { kind, delayMs } = deps.faults.take(known.id, step) ?? {};
      if (kind === 'dead' || kind === 'broken') throw new Halted(`${step}: stands still`);
      if (kind === 'off') throw new SwitchedItselfOff(`${step}: went off`);
      if (kind === 'slow') await (delayMs === undefined ? take('slow') : pause(delayMs, signal));
      return kind === 'silent' || kind === 'wrong' || kind === 'twice' ? kind : 'well';
    };
    return {
      known,
      state,
      signal,
      manner,
      take,
      netbootUrl: deps.netbootUrl,
      cable: deps.cable,
      save: () => file.save(),
      say: (words) => {
        state.console = words;
      },
    };
  }
}
