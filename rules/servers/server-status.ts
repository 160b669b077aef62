export const serverStatuses = [
  'new', //                 entered, never tested
  'testing',
  'ready', //               in stock: empty, tested, nobody's
  'leased', //              confirmed for a service, untouched so far
  'provisioning', //        its disks are being written
  'in_service',
  'suspended',
  'releasing',
  'quarantined', //         holds somebody's data until its wipe is proven
  'wiping',
  'tested', //              wiped, and proven so
  'failed_testing',
  'failed_provisioning', // out of the pool, with its reason, until a person has looked
  'failed_releasing',
  'failed_wiping',
] as const;

export type ServerStatus = (typeof serverStatuses)[number];

/** From where each may come. Only a machine whose disks were never written, or are proven wiped, comes back to stock. */
const before: Readonly<Record<ServerStatus, readonly ServerStatus[]>> = {
  new: [],
  testing: ['new', 'ready', 'tested', 'failed_testing', 'failed_provisioning'],
  ready: ['testing', 'tested', 'leased'],
  leased: ['ready'],
  provisioning: ['leased'],
  in_service: ['provisioning', 'suspended'],
  suspended: ['in_service'],
  releasing: ['in_service', 'suspended', 'failed_releasing'],
  quarantined: ['releasing', 'provisioning', 'failed_provisioning', 'failed_releasing', 'failed_wiping'],
  wiping: ['quarantined'],
  tested: ['wiping'],
  failed_testing: ['testing'],
  failed_provisioning: ['leased', 'provisioning'],
  failed_releasing: ['releasing'],
  failed_wiping: ['wiping'],
};

/** What a person may do by hand; all else is moved by the processes that work on the machine. */
const byStaff: Readonly<Partial<Record<ServerStatus, readonly ServerStatus[]>>> = {
  new: ['testing'],
  testing: ['ready', 'failed_testing'],
  ready: ['testing'],
  tested: ['ready'],
  failed_testing: ['testing'],
  failed_provisioning: ['testing', 'quarantined'],
  failed_releasing: ['quarantined'],
  failed_wiping: ['quarantined'],
};

export function serverStatusesBefore(status: ServerStatus): readonly ServerStatus[] {
  return before[status];
}

/** Statuses in which the disks may hold somebody's data, whatever else is known of the machine. */
export const statusesWithData: readonly ServerStatus[] = [
  'provisioning',
  'in_service',
  'suspended',
  'releasing',
  'quarantined',
  'wiping',
  'failed_releasing',
  'failed_wiping',
];

/**
 * Where staff may move a machine from here. One that failed while it was being prepared goes back to a test only if no
 * installer ever wrote to its disks; any other rests until it is wiped, and a wipe is no person's word.
 */
export function staffMovesFrom(status: ServerStatus, { disksUsed }: { disksUsed: boolean }): readonly ServerStatus[] {
  const moves = byStaff[status] ?? [];
  const written = status === 'failed_provisioning' && disksUsed;
  return written ? moves.filter((to) => to !== 'testing') : moves;
}

/** Machines as lists group them. */
export const serverGroups = {
  stock: ['ready'],
  preparing: ['leased', 'provisioning'],
  running: ['in_service', 'suspended'],
  resting: ['releasing', 'quarantined', 'wiping', 'tested'],
  entering: ['new', 'testing'],
  failed: ['failed_testing', 'failed_provisioning', 'failed_releasing', 'failed_wiping'],
} as const satisfies Readonly<Record<string, readonly ServerStatus[]>>;

export type ServerGroup = keyof typeof serverGroups;

/** Whether what a machine is built of, and its cable, may be changed: while it is nobody's, and no process works on it. */
export function isRefittable(status: ServerStatus): boolean {
  const held: readonly ServerStatus[] = ['leased', 'provisioning', 'in_service', 'suspended', 'releasing', 'wiping'];
  return !held.includes(status);
}
