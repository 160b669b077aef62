import type { Section } from '../../rules/accounts/customer-rights.js';
import type { StaffRight } from '../../rules/accounts/staff-rights.js';
import type { Icon } from './icons.js';

/** Numbers beside a section's name. */
export type Counted = 'orders' | 'invoices' | 'staffTasks' | 'failedPayments';

export interface NavigationItem<Right> {
  readonly path: string;
  readonly icon: Icon;
  /** The phrase `frame:sections.<name>`. */
  readonly name: string;
  readonly right: Right;
  readonly count?: Counted;
}

export interface NavigationGroup<Right> {
  /** The phrase `frame:groups.<heading>`. */
  readonly heading?: string;
  readonly items: readonly NavigationItem<Right>[];
}

/** The left column of customers: what they may not see is not drawn; guests see what is `anyone`'s. */
export const customerSections: readonly NavigationGroup<Section | 'anyone'>[] = [
  {
    items: [
      { path: '/', icon: 'home', name: 'home', right: 'dashboard' },
      { path: '/catalogue', icon: 'shopping-cart', name: 'catalogue', right: 'anyone' },
    ],
  },
  { heading: 'services', items: [{ path: '/servers', icon: 'server-2', name: 'servers', right: 'services' }] },
  {
    heading: 'billing',
    items: [
      { path: '/invoices', icon: 'file-invoice', name: 'invoices', right: 'billing', count: 'invoices' },
      { path: '/orders', icon: 'package', name: 'orders', right: 'orders', count: 'orders' },
      { path: '/cards', icon: 'credit-card', name: 'cards', right: 'billing' },
      { path: '/credit', icon: 'coins', name: 'credit', right: 'billing' },
    ],
  },
];

export const staffSections: readonly NavigationGroup<StaffRight>[] = [
  { items: [{ path: '/staff', icon: 'layout-dashboard', name: 'overview', right: 'overview:see' }] },
  {
    heading: 'work',
    items: [
      { path: '/staff/tasks', icon: 'list-check', name: 'staffTasks', right: 'tasks:see', count: 'staffTasks' },
      {
        path: '/staff/payments',
        icon: 'credit-card-off',
        name: 'failedPayments',
        right: 'billing:see',
        count: 'failedPayments',
      },
      { path: '/staff/orders', icon: 'package', name: 'orders', right: 'orders:see' },
      { path: '/staff/invoices', icon: 'file-invoice', name: 'invoices', right: 'billing:see' },
    ],
  },
  {
    heading: 'customers',
    items: [{ path: '/staff/customers', icon: 'building', name: 'customers', right: 'customers:see' }],
  },
  {
    heading: 'dataCentre',
    items: [
      { path: '/staff/servers', icon: 'server-2', name: 'machines', right: 'hardware:see' },
      { path: '/staff/switches', icon: 'topology-star-3', name: 'switches', right: 'hardware:see' },
      { path: '/staff/prefixes', icon: 'network', name: 'addresses', right: 'hardware:see' },
    ],
  },
  {
    heading: 'automation',
    items: [
      { path: '/staff/workflows', icon: 'progress', name: 'workflows', right: 'workflows:see' },
      { path: '/staff/stops', icon: 'hand-stop', name: 'stops', right: 'stops:see' },
    ],
  },
  {
    heading: 'control',
    items: [
      { path: '/staff/books', icon: 'scale', name: 'books', right: 'billing:see' },
      { path: '/staff/audit', icon: 'history', name: 'audit', right: 'audit:see' },
      { path: '/staff/members', icon: 'users', name: 'members', right: 'members:see' },
    ],
  },
];
