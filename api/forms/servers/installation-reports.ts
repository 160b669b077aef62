import { z } from 'zod';
import type { InstallationReports } from '../../../gateways/netboot/netboot.js';

const serial = z.string().min(1).max(100);
const word = z.string().min(1).max(200);
const disk = z.object({ model: word, serial: word, bytes: z.number().int().nonnegative() });

/** What an installer may say, and nothing else. */
const reports = {
  started: z.object({ serial, mac: z.string().regex(/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i) }),
  progress: z.object({ percent: z.number().min(0).max(100), doing: z.string().regex(/^[a-z][a-z_-]{0,39}$/) }),
  installed: z.object({ serial, disks: z.array(disk).max(100) }),
  booted: z.object({ serial }),
} satisfies { [Kind in keyof InstallationReports]: z.ZodType<InstallationReports[Kind]> };

/** The report that these bytes are; nothing when they are none. */
export function readReport<Kind extends keyof InstallationReports>(
  kind: Kind,
  body: unknown,
): InstallationReports[Kind] | undefined {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return reports[kind].parse(JSON.parse(body.toString('utf8'))) as InstallationReports[Kind];
  } catch {
    return undefined;
  }
}
