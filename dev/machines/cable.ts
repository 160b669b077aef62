import { z } from 'zod';
import type { PretendMachine } from './machine-list.js';

export interface CablePort {
  readonly carries: boolean;
  /** Unknown where nobody pretends to be the switch. */
  readonly vlan?: number;
}

/** A machine's end of its network cable; the other end is in a pretend switch, if there is one. */
export interface Cable {
  plug(machine: PretendMachine, cabled: boolean): Promise<void>;
  port(machine: PretendMachine): Promise<CablePort>;
  /** In octets from the machine's side. */
  count(machine: PretendMachine, received: number, sent: number): Promise<void>;
}

const shownPort = z.object({ carries: z.boolean(), pvid: z.number() });
const WITHIN_MS = 2_000;

/** Without a switch every machine has a link; with one, its word counts, and a switch that is away carries nothing less. */
export function createCable(switchesUrl: string | undefined): Cable {
  async function call({ switchName, ifIndex }: PretendMachine, path: string, body?: object): Promise<unknown> {
    if (!switchesUrl || !switchName || !ifIndex) return undefined;
    const init = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const url = `${switchesUrl}/_sim/switches/${switchName}/ports/${ifIndex}${path}`;
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(WITHIN_MS) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response.json();
  }

  return {
    async plug(machine, cabled) {
      await call(machine, '/cable', { cabled });
    },
    async port(machine) {
      const port = await call(machine, '').catch(() => undefined);
      const { data } = shownPort.safeParse(port);
      return data ? { carries: data.carries, vlan: data.pvid } : { carries: true };
    },
    async count(machine, received, sent) {
      await call(machine, '/traffic', { inOctets: sent, outOctets: received });
    },
  };
}
