import { hashPassword } from '../../gateways/passwords.js';
import { Brand } from '../../models/accounts/brand.js';
import { Contract } from '../../models/accounts/contract.js';
import { Customer } from '../../models/accounts/customer.js';
import { LegalEntity } from '../../models/accounts/legal-entity.js';
import { Membership } from '../../models/accounts/membership.js';
import { SecondFactor } from '../../models/accounts/second-factor.js';
import { StaffMember } from '../../models/accounts/staff-member.js';
import { User } from '../../models/accounts/user.js';
import { TermsDocument } from '../../models/catalogue/terms-document.js';
import { demoTerms } from './terms.js';

export const SHOP_NAME = 'Northquay';

const french = { country: 'FR', language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' } as const;
const ukrainian = { country: 'UA', language: 'uk', timeZone: 'Europe/Kyiv', currency: 'EUR' } as const;

/** The customers of the drawn pages, by a short name for the seed's own use. */
const customers = {
  jura: {
    ...french,
    kind: 'company',
    name: 'Coopérative de Télécommunications Rurales du Haut-Jura',
    email: 'comptabilite@haut-jura.example',
    street: '12 route des Rousses',
    postalCode: '39220',
    city: 'Prémanon',
    vatNumber: 'FR40303265045',
  },
  karpaty: {
    ...ukrainian,
    kind: 'company',
    name: 'ТОВ «Карпатські мережі та дата-центри»',
    email: 'bukhhalteriia@karpaty.example',
    street: 'вул. Незалежності, 14',
    postalCode: '76018',
    city: 'Івано-Франківськ',
    vatNumber: null,
  },
  conseil: {
    ...french,
    kind: 'company',
    name: 'Marchand-Duvivier Conseil',
    email: 'elodie@marchand-duvivier.example',
    street: '3 place de la Comédie',
    postalCode: '69001',
    city: 'Lyon',
    vatNumber: null,
  },
  zonnebloem: {
    country: 'NL',
    language: 'en',
    timeZone: 'Europe/Amsterdam',
    currency: 'EUR',
    kind: 'company',
    name: 'Zonnebloem Webbouw B.V.',
    email: 'administratie@zonnebloem.example',
    street: 'Lange Nieuwstraat 88',
    postalCode: '3512 PN',
    city: 'Utrecht',
    vatNumber: 'NL004495445B01',
    vatValidatedAt: new Date('2026-03-02T09:14:00Z'),
    vatConsultation: 'WAPIAAAAYyz0Fh7D',
  },
  fjordlys: {
    country: 'NO',
    language: 'en',
    timeZone: 'Europe/Oslo',
    currency: 'EUR',
    kind: 'company',
    name: 'Fjordlys Medietjenester AS',
    email: 'faktura@fjordlys.example',
    street: 'Strandgaten 5',
    postalCode: '5013',
    city: 'Bergen',
    vatNumber: null,
  },
  beziers: {
    ...french,
    kind: 'consumer',
    name: 'Atelier Numérique Béziers',
    email: 'bonjour@atelier-beziers.example',
    street: '8 allées Paul-Riquet',
    postalCode: '34500',
    city: 'Béziers',
    vatNumber: null,
  },
} as const;

const users = [
  {
    name: 'Élodie Marchand-Duvivier',
    email: 'elodie@haut-jura.example',
    ...reader('en', 'Europe/Paris'),
    owns: ['jura', 'karpaty', 'conseil'],
  },
  { name: 'Андрій Шевчук', email: 'andrii@karpaty.example', ...reader('uk', 'Europe/Kyiv'), owns: ['karpaty'] },
  {
    name: 'Lotte van der Zonnebloem-Hartevelt',
    email: 'lotte@zonnebloem.example',
    ...reader('en', 'Europe/Amsterdam'),
    owns: ['zonnebloem'],
  },
  { name: 'Ingrid Solheim', email: 'ingrid@fjordlys.example', ...reader('en', 'Europe/Oslo'), owns: ['fjordlys'] },
  {
    name: 'Mathieu Roques',
    email: 'mathieu@atelier-beziers.example',
    ...reader('fr', 'Europe/Paris'),
    owns: ['beziers'],
  },
] as const;

const staff = [
  {
    name: 'Oksana Kovalenko',
    email: 'oksana@northquay.example',
    role: 'administrator',
    ...reader('en', 'Europe/Paris'),
  },
  { name: 'Thomas Lefèvre', email: 'thomas@northquay.example', role: 'billing', ...reader('fr', 'Europe/Paris') },
  { name: 'Marek Nowak', email: 'marek@northquay.example', role: 'data_centre', ...reader('en', 'Europe/Paris') },
] as const;

export type CustomerKey = keyof typeof customers;

export interface People {
  readonly brand: Brand;
  readonly customers: Readonly<Record<CustomerKey, Customer>>;
  readonly elodie: User;
}

/** The shop, those who buy from it and those who work for it. Every customer's user has the one password, every staff member the other. */
export async function seedPeople(passwords: Passwords, factor: { sealedSecret: Buffer; since: Date }): Promise<People> {
  const brand = await seedBrand();
  const made = new Map<string, Customer>();
  for (const [key, customer] of Object.entries(customers)) made.set(key, await seedCustomer(brand, customer));
  const passwordHash = await hashPassword(passwords.customer);
  for (const { owns, ...user } of users) {
    const { id: userId } = await User.query().insertAndFetch({ ...user, passwordHash });
    for (const key of owns)
      await Membership.query().insert({ userId, customerId: made.get(key)?.id ?? '', role: 'owner' });
  }
  await seedStaff(passwords, factor);
  const elodie = await User.query().findOne({ email: users[0].email }).throwIfNotFound();
  return { brand, customers: Object.fromEntries(made) as Record<CustomerKey, Customer>, elodie };
}

interface Passwords {
  readonly customer: string;
  readonly staff: string;
}

/** With their telephones set up: without one nobody of the staff comes in. */
async function seedStaff(passwords: Passwords, { sealedSecret, since }: { sealedSecret: Buffer; since: Date }) {
  const passwordHash = await hashPassword(passwords.staff);
  for (const member of staff) {
    const { id: staffMemberId } = await StaffMember.query().insertAndFetch({ ...member, passwordHash });
    await SecondFactor.query().insert({ staffMemberId, sealedSecret, confirmedAt: since });
  }
}

/** Who may sign in, as the start block prints it. */
export function demoSignIns(
  { passwords, secondFactor }: { passwords: Passwords; secondFactor: string },
  shopUrl: string,
) {
  return [
    { who: users[0].name, email: users[0].email, password: passwords.customer, url: `${shopUrl}/sign-in` },
    { who: users[1].name, email: users[1].email, password: passwords.customer, url: `${shopUrl}/sign-in` },
    {
      who: `${staff[0].name} (staff)`,
      email: staff[0].email,
      password: passwords.staff,
      secondFactor,
      url: `${shopUrl}/staff/sign-in`,
    },
  ];
}

async function seedBrand(): Promise<Brand> {
  const legalEntity = await LegalEntity.query().insertAndFetch({
    name: 'Northquay SAS',
    street: '27 quai du Wault',
    postalCode: '59000',
    city: 'Lille',
    country: 'FR',
    vatNumber: 'FR83404833048',
    timeZone: 'Europe/Paris',
    invoicePrefix: 'NQ',
    creditNotePrefix: 'NQC',
  });
  const brand = await Brand.query().insertAndFetch({
    legalEntityId: legalEntity.id,
    host: '127.0.0.1',
    name: SHOP_NAME,
    sender: 'Northquay <hello@northquay.example>',
    accent: '#2f47d0',
    termsVersion: '12',
    termsFromOn: '2026-10-01',
    languages: ['en', 'fr', 'uk'],
  });
  const { id: brandId, termsVersion: version, termsFromOn: fromOn } = brand;
  await TermsDocument.query().insert({ brandId, version, fromOn, sections: demoTerms });
  return brand.$fetchGraph('legalEntity');
}

async function seedCustomer(brand: Brand, customer: (typeof customers)[CustomerKey]): Promise<Customer> {
  const made = await Customer.query().insertAndFetch({ ...customer, brandId: brand.id });
  await Contract.query().insert({ customerId: made.id, name: 'Main contract', isDefault: true });
  return made;
}

function reader<Language extends string>(language: Language, timeZone: string) {
  return { language, timeZone };
}
