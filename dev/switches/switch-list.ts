import { z } from 'zod';

const vlan = z.number().int().min(1).max(4094);

const presetPort = z.object({
  ifIndex: z.number().int().positive(),
  up: z.boolean(),
  vlan,
  alias: z.string().max(64).default(''),
});

const user = z.object({
  name: z.string().min(1),
  authProtocol: z.enum(['sha', 'sha256', 'sha512']),
  authKey: z.string().min(8),
  privProtocol: z.enum(['aes', 'aes256']),
  privKey: z.string().min(8),
});

const pretendSwitch = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  /** May read and set; every other community is met with silence. */
  community: z.string().min(1),
  /** SNMP version 3, besides. */
  user: user.optional(),
  /** VLANs that exist on the device; 1 always does. */
  vlans: z.array(vlan),
  ports: z.number().int().min(1).max(512).default(48),
  /** Of the first port; bridge ports count from 1 in any case. */
  firstIfIndex: z.number().int().positive().default(1),
  speedMbit: z.number().int().positive().default(10_000),
  /** Ports that are in use from the beginning; all others are down in VLAN 1. */
  preset: z.array(presetPort).default([]),
});

export const switchList = z.array(pretendSwitch).min(1);
export type PretendSwitch = z.infer<typeof pretendSwitch>;
export type SwitchList = z.input<typeof switchList>;
