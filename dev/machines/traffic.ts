import type { Cable } from './cable.js';
import type { Machine } from './machine.js';
import { powerState } from './machine-state.js';

const EVERY_MS = 1_000;
const INSTALL_OCTETS = 40_000_000;
const DAY_MS = 86_400_000;

/** Keeps each machine's port as its power is, and moves its counters while it works. Returns how to stop it. */
export function startTraffic(machines: readonly Machine[], cable: Cable, now: () => Date): () => void {
  const plugged = new Map<Machine, boolean>();
  const timer = setInterval(() => {
    for (const machine of machines) void tick(machine).catch(() => plugged.delete(machine));
  }, EVERY_MS);
  return () => clearInterval(timer);

  async function tick(machine: Machine): Promise<void> {
    const { known, state } = machine;
    const isOn = powerState(state) === 'On';
    if (plugged.get(machine) !== isOn) {
      await cable.plug(known, isOn);
      plugged.set(machine, isOn);
    }
    if (state.stage === 'installing') await cable.count(known, INSTALL_OCTETS, INSTALL_OCTETS / 50);
    if (state.stage !== 'running') return;
    const sent = sentAt(now(), known.serial);
    await cable.count(known, sent / 6, sent);
  }
}

/** Octets a second: 1 to 20 MB at most, by machine, busiest on a weekday's afternoon (UTC), never still. */
export function sentAt(at: Date, serial: string): number {
  const share = [...serial].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000, 7) / 1_000;
  const most = 1_000_000 + share * 19_000_000;
  const hour = ((at.getTime() % DAY_MS) / DAY_MS) * 2 * Math.PI;
  const daily = 0.6 - 0.35 * Math.cos(hour - Math.PI / 6);
  const weekly = [0, 6].includes(at.getUTCDay()) ? 0.7 : 1;
  const ripple = 0.9 + 0.1 * Math.sin(at.getTime() / 47_000 + share * 10);
  return Math.round(most * daily * weekly * ripple);
}
