import { z } from 'zod';
import type { InstallationAnswers, InstalledDisk } from '../../gateways/netboot/netboot.js';
import { type Body, reach } from './body.js';
import type { PretendMachine } from './machine-list.js';
import type { CallBack } from './machine-state.js';
import { Halted } from './steps.js';

/** An installer believes nothing that it was not told in full: a half answer would make a half server. */
const answers = z.object({
  hostname: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i),
  rootPasswordHash: z.string().startsWith('$'),
  sshKeys: z.array(z.string()),
  system: z.string().min(1),
  addresses: z.array(z.object({ address: z.string().includes('/'), gateway: z.string() })).min(1),
});

export async function readAnswers(body: Body, { url, token }: CallBack): Promise<InstallationAnswers> {
  const manner = await body.manner('answers');
  if (manner === 'silent') throw new Halted('installer: waits for nothing');
  const authorization = `Bearer ${manner === 'wrong' ? `wrong-${token}` : token}`;
  const got = await reach(body, `${url}/installations/answers`, { headers: { authorization } });
  if (got?.status !== 200) throw new Halted(`installer: no answers: ${got?.status ?? 'timed out'}`);
  const { data, error } = answers.safeParse(JSON.parse(got.text));
  if (!data) throw new Halted(`installer: answers are not complete: ${z.prettifyError(error)}`);
  return data;
}

/** What it found to install on: two drives that are the machine's own. */
export function installedFrom({ serial }: PretendMachine): InstalledDisk[] {
  return ['A', 'B'].map((bay) => ({ model: 'Pretend NVMe', serial: `${serial}-${bay}`, bytes: 960_197_124_096 }));
}
