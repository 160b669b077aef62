import { type Part, PartFailed, type Running } from './part.js';
import { isFree } from './ports.js';
import type { Records } from './records.js';

export interface Started {
  readonly part: Part;
  readonly running: Running;
  readonly tookMs: number;
}

/** Says why a port cannot be had, and which option asks for others. */
export class PortTaken extends Error {
  override name = 'PortTaken';
}

/** Starts what does not wait for one another side by side. When one part fails, what had started is stopped and it throws. */
export async function startParts(parts: readonly Part[], records: Records, cancelled: AbortSignal): Promise<Started[]> {
  await insistOnFreePorts(parts);
  const cancelling = new AbortController();
  cancelled.addEventListener('abort', () => cancelling.abort(cancelled.reason));
  const started: Started[] = [];
  const attempts = new Map<string, Promise<void>>();

  const start = async (part: Part) => {
    await Promise.all(part.after.map((name) => attempts.get(name)));
    cancelling.signal.throwIfAborted();
    const begun = Date.now();
    try {
      const running = await startPart(part, records, cancelling.signal);
      started.push({ part, running, tookMs: Date.now() - begun });
    } catch (error) {
      const failed = cancelling.signal.aborted ? error : new PartFailed(part.name, error, records.told(part.name));
      cancelling.abort(failed);
      throw failed;
    }
  };
  for (const part of inOrder(parts)) attempts.set(part.name, start(part));
  await Promise.allSettled(attempts.values());
  if (!cancelling.signal.aborted) return started;
  await stopParts(started, records);
  throw cancelling.signal.reason;
}

/** With a record of it for the next launcher, should this one be killed. */
export async function startPart(part: Part, records: Records, cancelled: AbortSignal): Promise<Running> {
  const born = (pid: number | undefined) => records.note(part.name, pid);
  try {
    return await part.start({ log: records.log(part.name), cancelled, born });
  } catch (error) {
    records.forget(part.name);
    throw error;
  }
}

/** The last started goes first, each before the next. */
export async function stopParts(started: readonly Started[], records: Records): Promise<void> {
  for (const { part, running } of [...started].reverse()) {
    await running.stop();
    records.forget(part.name);
  }
}

/** Whoever is waited for comes before who waits. */
export function inOrder(parts: readonly Part[]): Part[] {
  const ordered: Part[] = [];
  const place = (part: Part, trail: readonly string[]) => {
    if (trail.includes(part.name)) throw new Error(`${[...trail, part.name].join(' waits for ')}`);
    if (ordered.includes(part)) return;
    for (const name of part.after) {
      const awaited = parts.find((other) => other.name === name);
      if (!awaited) throw new Error(`${part.name} waits for ${name}, which there is not`);
      place(awaited, [...trail, part.name]);
    }
    ordered.push(part);
  };
  for (const part of parts) place(part, []);
  return ordered;
}

async function insistOnFreePorts(parts: readonly Part[]): Promise<void> {
  const wanted = parts.flatMap(({ name, ports = [] }) => ports.map((use) => ({ name, ...use })));
  const free = await Promise.all(wanted.map(({ port, protocol }) => isFree(port, protocol)));
  const taken = wanted.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const list = taken.map(({ name, port, protocol = 'tcp' }) => `  ${port}/${protocol}, wanted for ${name}`).join('\n');
  throw new PortTaken(`Another program has the port\n${list}\nStart with --port-base N to take others.`);
}
