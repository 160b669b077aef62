import { z } from 'zod';

/** What an installer leaves on a disk, as far as anybody can see it from outside. */
const installed = z.object({
  system: z.string().min(1),
  hostname: z.string().min(1),
  addresses: z.array(z.object({ address: z.string().min(1), gateway: z.string().optional() })),
});

const pretendMachine = z.object({
  /** Last part of `/redfish/v1/Systems/<id>`. */
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/),
  serial: z.string().min(1),
  uuid: z.uuid(),
  mac: z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/),
  /** Of its service processor. */
  username: z.string().min(1),
  password: z.string().min(1),
  model: z.string().default('Pretend R1'),
  /** The other end of its network cable. */
  switchName: z.string().optional(),
  ifIndex: z.number().int().positive().optional(),
  /** A machine that is in use from the beginning; absent: switched off with an empty disk. */
  running: installed.optional(),
});

export const machineList = z.array(pretendMachine);
export type PretendMachine = z.infer<typeof pretendMachine>;
/** The same of a machine that does not pretend. */
export type MachinePapers = Omit<PretendMachine, 'running'>;
export type MachineList = z.input<typeof machineList>;
export type Installed = z.infer<typeof installed>;

/** Where a network lives, so that an address answers only through a port in its VLAN. */
export const networkList = z.array(z.object({ prefix: z.string(), vlan: z.number().int() }));
export type NetworkList = z.infer<typeof networkList>;
