import type { ChildProcess } from 'node:child_process';

/** One thing of the shop that is started, or was found; what is `embedded` is ours to stop. */
export interface Part {
  readonly name: string;
  readonly kind: 'embedded' | 'real';
  /** As a person opens or names it; parts without one are not listed. */
  readonly url?: string;
  readonly ports?: readonly { readonly port: number; readonly protocol?: 'tcp' | 'udp' }[];
  /** Names of the parts that must answer first. */
  readonly after: readonly string[];
  /** Resolves once it answers. */
  start(stage: Stage): Promise<Running>;
}

/** What a part is given to start on. */
export interface Stage {
  /** File descriptor that takes what its process says. */
  readonly log: number;
  readonly cancelled: AbortSignal;
  /** Told as soon as there is a process, so that it is found should the launcher be killed. */
  born(pid: number | undefined): void;
}

export interface Running {
  /** Absent where nothing of ours runs on: a real part, a step that is done. */
  readonly child?: ChildProcess;
  stop(): Promise<void>;
}

/** Which part did not start; what its log said last is for the reader to see. */
export class PartFailed extends Error {
  override name = 'PartFailed';

  constructor(
    part: string,
    cause: unknown,
    private readonly log: { readonly path: string; readonly lastLines: readonly string[] },
  ) {
    super(`${part} did not start: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }

  /** What a person needs in order to mend it. */
  get report(): string {
    const { path, lastLines } = this.log;
    const words = lastLines.map((line) => `  ${line}`).join('\n');
    const said = lastLines.length > 0 ? `Its last words:\n${words}\nAll of them are in ${path}. ` : '';
    return `${this.message}\n${said}Everything else was stopped; mend it and start again.`;
  }
}

export const nothingToStop: Running = { stop: async () => {} };
