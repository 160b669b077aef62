export const serviceStatuses = [
  'ordered', //   its order awaits payment
  'preparing', // being built
  'active', //    handed over and running
  'ended', //     cancelled by its customer or by the shop
  'abandoned', // its order came to nothing
] as const;

export type ServiceStatus = (typeof serviceStatuses)[number];

const before: Readonly<Record<ServiceStatus, readonly ServiceStatus[]>> = {
  ordered: [],
  preparing: ['ordered'],
  active: ['preparing'],
  ended: ['active'],
  abandoned: ['ordered', 'preparing'],
};

export function serviceStatusesBefore(status: ServiceStatus): readonly ServiceStatus[] {
  return before[status];
}
