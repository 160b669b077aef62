import { phrase } from '../../locales/phrases.js';
import { type MembershipRole, memberMay, type Section } from '../../rules/accounts/customer-rights.js';
import { type Language, languages } from '../../rules/accounts/languages.js';
import { type StaffRight, type StaffRole, staffMay } from '../../rules/accounts/staff-rights.js';
import { initialsOf } from './person.js';
import { type Counted, customerSections, type NavigationGroup, staffSections } from './sections.js';

/** How each language calls itself: the same in every language. */
const ownNames: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français', uk: 'Українська' };

/** The accent that the style sheet itself has. */
const DRAWN_WITH = '#2f47d0';

export interface FrameInput {
  readonly language: Language;
  /** The address of this page, to come back to. */
  readonly path: string;
  readonly brand: { readonly name: string; readonly accent: string; readonly seller: string };
  /** Nothing on plain pages, which have no columns. */
  readonly waiting?: Readonly<Partial<Record<Counted, number>>>;
  readonly user?: { readonly name: string; readonly email: string };
  readonly role?: MembershipRole;
  readonly customer?: { readonly id: string; readonly name: string };
  /** All customers the user may act for. */
  readonly customers?: readonly { readonly id: string; readonly name: string }[];
  readonly staff?: { readonly name: string; readonly role: StaffRole };
}

/** What stands around every page: brand, languages, person, customers, sections. */
export function presentFrame(input: FrameInput) {
  const { language, path, brand, user, role, customer, customers, staff } = input;
  const seesAsCustomer = (right: Section | 'anyone') =>
    right === 'anyone' || (role && memberMay(role, right, 'visitor'));
  const seesAsStaff = (right: StaffRight) => staff && staffMay(staff.role, right);
  return {
    path,
    signIn: `/sign-in?${new URLSearchParams({ to: path })}`,
    brand,
    accentSheet: brand.accent === DRAWN_WITH ? undefined : `/assets/brand-${brand.accent.slice(1)}.css`,
    languages: languages.map((code) => ({ code, name: ownNames[code], current: code === language })),
    language: { code: language.toUpperCase(), name: ownNames[language] },
    person: staff
      ? { name: staff.name, detail: phrase(language, `frame:roles.${staff.role}`), initials: initialsOf(staff.name) }
      : user && { name: user.name, detail: user.email, initials: initialsOf(user.name) },
    customer,
    customers:
      customers && customers.length > 1
        ? customers.map(({ id, name }) => ({ id, name, current: id === customer?.id }))
        : undefined,
    sections: staff ? groupsOf(staffSections, seesAsStaff, input) : groupsOf(customerSections, seesAsCustomer, input),
  };
}

function groupsOf<Right>(
  groups: readonly NavigationGroup<Right>[],
  sees: (right: Right) => unknown,
  { language, path, waiting = {} }: FrameInput,
) {
  const shown = groups.map(({ heading, items }) => ({
    heading: heading && phrase(language, `frame:groups.${heading}`),
    items: items
      .filter(({ right }) => sees(right))
      .map(({ path: address, icon, name, count }) => ({
        address,
        icon,
        label: phrase(language, `frame:sections.${name}`),
        current: isWithin(path, address),
        count: (count && waiting[count]) || undefined,
        urgent: count === 'invoices',
      })),
  }));
  return shown.filter(({ items }) => items.length > 0);
}

/** The two home pages are current when they are shown; a section also on the pages below it. */
function isWithin(path: string, section: string): boolean {
  const page = path.split('?', 1)[0] ?? '';
  return page === section || (section !== '/' && section !== '/staff' && page.startsWith(`${section}/`));
}
