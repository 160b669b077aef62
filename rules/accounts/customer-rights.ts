/** What a customer's people may reach. `account` is a person's own: language, sign-ins. */
export const sections = ['account', 'dashboard', 'catalogue', 'orders', 'services', 'billing', 'users'] as const;

export type Section = (typeof sections)[number];

/** In rising order: a manager may do all that a visitor may see. */
export const levels = ['none', 'visitor', 'manager'] as const;

export type Level = (typeof levels)[number];

export type MembershipRole = 'owner';

const granted: Readonly<Record<MembershipRole, Readonly<Record<Section, Level>>>> = {
  owner: {
    account: 'manager',
    dashboard: 'manager',
    catalogue: 'manager',
    orders: 'manager',
    services: 'manager',
    billing: 'manager',
    users: 'manager',
  },
};

/** Whether a membership reaches a section at a level. */
export function memberMay(role: MembershipRole, section: Section, wanted: Exclude<Level, 'none'>): boolean {
  return levels.indexOf(granted[role][section]) >= levels.indexOf(wanted);
}
