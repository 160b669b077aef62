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
  testing: ['new', 'tested', 'failed_testing', 'failed_provisioning'],
  ready: ['testing', 'tested', 'leased'],
  leased: ['ready'],
  provisioning: ['leased'],
  in_service: ['provisioning', 'suspended'],
  suspended: ['in_service'],
  releasing: ['in_service', 'suspended', 'failed_releasing'],
  quarantined: ['releasing', 'provisioning', 'failed_provisioning', 'failed_wiping'],
  wiping: ['quarantined'],
  tested: ['wiping'],
  failed_testing: ['testing'],
  failed_provisioning: ['leased', 'provisioning'],
  failed_releasing: ['releasing'],
  failed_wiping: ['wiping'],
};

export function serverStatusesBefore(status: ServerStatus): readonly ServerStatus[] {
  return before[status];
}
