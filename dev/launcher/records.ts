import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeDataFolder } from './data-folder.js';
import { bornAt, isAlive } from './leftovers.js';
import { killGroup } from './program.js';

const TAIL_LINES = 20;
const LOG_LIMIT_BYTES = 20_000_000;
const GOES_WITHIN_MS = 20_000;

interface Note {
  readonly pid: number;
  readonly bornAt: string;
}

/** Another launcher works on the same data folder. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
}

/** What the data folder knows of the processes that run on it: their logs, and who they are. */
export class Records {
  private readonly open = new Map<string, number>();

  constructor(private readonly data: string) {
    makeDataFolder(data);
  }

  logPath(part: string): string {
    return join(this.data, 'logs', `${part.replaceAll(' ', '-')}.log`);
  }

  /** To be written to; a log that grew large begins anew. */
  log(part: string): number {
    const path = this.logPath(part);
    const known = this.open.get(part);
    if (known !== undefined) return known;
    const large = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES;
    const file = openSync(path, large ? 'w' : 'a', 0o600);
    writeFileSync(file, `--- ${new Date().toISOString()} started\n`);
    this.open.set(part, file);
    return file;
  }

  /** Where its log is, and the last of what it said since this start. */
  told(part: string): { path: string; lastLines: string[] } {
    const path = this.logPath(part);
    const text = statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : '';
    const sinceStart = text.slice(text.lastIndexOf('--- ')).trimEnd();
    return { path, lastLines: sinceStart.split('\n').slice(1).slice(-TAIL_LINES) };
  }

  note(part: string, pid: number | undefined): void {
    if (pid === undefined) return;
    const note: Note = { pid, bornAt: bornAt(pid) };
    writeFileSync(this.notePath(part), JSON.stringify(note));
  }

  forget(part: string): void {
    rmSync(this.notePath(part), { force: true });
  }

  /** One launcher a data folder. */
  claim(): void {
    const other = this.read('launcher');
    if (other) throw new AlreadyRunning(`The shop in ${this.data} is running already (process ${other.pid}).`);
    this.note('launcher', process.pid);
  }

  /** Stops what a launcher that was killed left running; nothing else, whatever runs under those ids now. */
  async stopLeftovers(): Promise<string[]> {
    const left = readdirSync(join(this.data, 'running')).map((file) => file.replace(/\.json$/, ''));
    const parts = left.filter((part) => part !== 'launcher' && this.read(part) !== undefined).sort();
    await Promise.all(parts.map((part) => this.stopLeftover(part)));
    for (const part of left) if (part !== 'launcher') this.forget(part);
    return parts;
  }

  /** For when nobody wants to wait. */
  killAll(): void {
    for (const file of readdirSync(join(this.data, 'running'))) {
      const part = file.replace(/\.json$/, '');
      const note = part === 'launcher' ? undefined : this.read(part);
      if (note) killGroup(note.pid);
    }
  }

  close(): void {
    this.forget('launcher');
    for (const file of this.open.values()) closeSync(file);
  }

  private async stopLeftover(part: string): Promise<void> {
    const note = this.read(part);
    if (!note) return;
    process.kill(note.pid, part === 'database' ? 'SIGINT' : 'SIGTERM');
    for (const until = Date.now() + GOES_WITHIN_MS; Date.now() < until; await pause(50)) if (!isAlive(note.pid)) return;
    killGroup(note.pid);
  }

  /** The note of a process that still runs. */
  private read(part: string): Note | undefined {
    try {
      const note = JSON.parse(readFileSync(this.notePath(part), 'utf8')) as Note;
      return bornAt(note.pid) === note.bornAt && note.bornAt !== '' ? note : undefined;
    } catch {
      return undefined;
    }
  }

  private notePath(part: string): string {
    return join(this.data, 'running', `${part.replaceAll(' ', '-')}.json`);
  }
}
