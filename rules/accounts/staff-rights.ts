import { type StopKind, stopKinds } from '../durable/stops.js';

export const staffRoles = ['administrator', 'support', 'billing', 'data_centre', 'read_only'] as const;

export type StaffRole = (typeof staffRoles)[number];

/** `…:see` reads, `…:change` acts. */
export const staffRights = [
  'overview:see',
  'customers:see',
  'customers:change',
  'orders:see',
  'orders:change',
  'billing:see',
  'billing:change',
  'hardware:see',
  'hardware:change',
  'tasks:see',
  'tasks:change',
  'workflows:see',
  'stops:see',
  'stops:change',
  'audit:see',
  'members:see',
  'members:change',
] as const;

export type StaffRight = (typeof staffRights)[number];

const reading = staffRights.filter((right) => right.endsWith(':see'));
/** Of colleagues: who they are and what they did is for those who answer for them, and for auditors. */
const ofColleagues: readonly StaffRight[] = ['audit:see', 'members:see'];
const work = reading.filter((right) => !ofColleagues.includes(right));

const granted: Readonly<Record<StaffRole, readonly StaffRight[]>> = {
  administrator: staffRights,
  support: [...work, 'customers:change', 'orders:change', 'tasks:change', 'stops:change'],
  billing: [...work, 'orders:change', 'billing:change', 'tasks:change', 'stops:change'],
  data_centre: [...work, 'hardware:change', 'tasks:change', 'stops:change'],
  read_only: reading,
};

/** What a task is about, and so whose it is to decide. */
export type TaskMatter = 'money' | 'hardware';

const decides: Readonly<Record<StaffRole, readonly TaskMatter[]>> = {
  administrator: ['money', 'hardware'],
  support: ['money', 'hardware'],
  billing: ['money'],
  data_centre: ['hardware'],
  read_only: [],
};

export function staffMayDecide(role: StaffRole, matter: TaskMatter): boolean {
  return staffMay(role, 'tasks:change') && decides[role].includes(matter);
}

/** Whoever acts may pull the brake, whatever it holds. What starts at once when it is lifted is for those whose work that is. */
const lifts: Readonly<Record<StaffRole, readonly StopKind[]>> = {
  administrator: stopKinds,
  support: ['mails'],
  billing: ['charges', 'dunning'],
  data_centre: ['power', 'installations'],
  read_only: [],
};

export function staffMayLift(role: StaffRole, kind: StopKind): boolean {
  return staffMay(role, 'stops:change') && lifts[role].includes(kind);
}

export function staffMay(role: StaffRole, right: StaffRight): boolean {
  return granted[role].includes(right);
}
