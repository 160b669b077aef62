import { createAccessTokens } from '../../gateways/access-tokens.js';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import { Contract } from '../../models/accounts/contract.js';
import type { Customer } from '../../models/accounts/customer.js';
import type { StaffMember } from '../../models/accounts/staff-member.js';
import type { User } from '../../models/accounts/user.js';
import { CreditNote } from '../../models/billing/credit-note.js';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import { EmergencyStop } from '../../models/durable/emergency-stop.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { AddressReservation } from '../../models/network/address-reservation.js';
import { Prefix } from '../../models/network/prefix.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { placeOrder } from '../../models/orders/order-placement.js';
import { Rack } from '../../models/servers/rack.js';
import { RootPassword, rootPasswordLinkHash } from '../../models/servers/root-password.js';
import type { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import type { Service } from '../../models/services/service.js';
import { renameService } from '../../models/services/service-name.js';
import { blockOf } from '../../rules/network/blocks.js';
import { aCancellation, aCustomer, aService, aStaffMember, aUser } from '../support/builders.js';
import { type DrawnProduct, theDrawnProduct } from '../support/catalogue.js';
import { aProduct, aServer, thePlace } from '../support/inventory.js';
import { anInvoice } from '../support/invoices.js';
import { type KeptTraffic, steadily } from '../support/kept-traffic.js';
import { aPlacement } from '../support/orders.js';
import { aPowerCommand } from '../support/power.js';
import { anOwedRefund } from '../support/refunds.js';
import { sealer } from '../support/second-factor.js';
import { aTask } from '../support/staff-tasks.js';
import { onItsPort } from '../support/traffic.js';

/** What time it is to the shop of these tests. */
export const now = new Date('2027-03-11T12:00:00Z');
export const rootPasswordOf = (mark: string) => `Root-${mark}-fghij-kmnpq`;

/** Values for addresses and forms: what one customer has, by the words of `addresses.ts` and `forms.ts`. */
export interface Holding {
  readonly mark: string;
  readonly customer: Customer;
  readonly user: User;
  readonly staff: StaffMember;
  readonly order: string;
  readonly invoice: string;
  readonly creditNote: string;
  readonly refund: string;
  readonly card: string;
  readonly contract: string;
  readonly service: Service;
  readonly command: string;
  readonly address: string;
  readonly port: string;
  readonly server: Pick<Server, 'label' | 'serial' | 'mac' | 'switchPortId'> & {
    readonly product: { readonly slug: string };
  };
  readonly task: string;
  readonly stop: string;
  readonly drawn: DrawnProduct;
  readonly prefix: string;
  readonly reservation: string;
  readonly switchName: string;
  /** Where hardware may be entered: a rack and a port that nothing is in, and what machines are built there. */
  readonly stock: { readonly site: string; readonly rack: string; readonly port: string; readonly product: string };
}

/**
 * A customer who has one of everything that the product knows, with `text` as every word that a person or a device may
 * choose, as far as the table takes it, and `mark` in what has to be a name of a computer.
 */
export async function everythingOf(mark: string, text = mark, traffic?: KeptTraffic): Promise<Holding> {
  const customer = await aCustomer({ name: text, street: text, city: text });
  const user = await aUser(customer, { name: text, email: `${mark}@example.org`, loginName: null });
  const staff = await aStaffMember({ name: text });
  const contract = await Contract.query().insertAndFetch({ customerId: customer.id, name: text, isDefault: false });
  const ordered = await anOrder({ customer, user, mark, text });
  const credited = await anInvoice(customer, { description: text });
  const { id: refund } = await anOwedRefund(credited, now);
  const { number: creditNote } = await CreditNote.query().findOne({ invoiceId: credited.id }).throwIfNotFound();
  const invoice = await anInvoice(customer, { description: text });
  const brand = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
  const card = await PaymentMethod.add(customer.id, { providerId: `pm_${mark}`, ...brand }, now);
  const service = await aServiceOf(customer, user, mark, text);
  const held = await heldBy(service, mark, text, traffic);
  const deed = { actorName: text, action: 'order.placed', subjectType: 'order', subjectId: ordered } as const;
  const about = { customerId: customer.id, before: { name: text }, after: { name: text, note: text } };
  await AuditEntry.record({ ...deed, actorKind: 'user', actorId: user.id, ...about, happenedAt: now });
  const about2 = { subjectType: 'service', subject: text, reason: text, customerId: customer.id } as const;
  const task = await aTask(about2);
  const reserved = await aReservation(staff, text);
  const stop = await aStop(staff, text);
  const drawn = await theDrawnProduct();
  await drawn.machine('memory/128', 'disks/1920');
  return {
    ...{ mark, customer, user, staff, order: ordered, invoice: invoice.number, creditNote, refund, card: card.id },
    ...{ contract: contract.id, service, task: task.id, stop, ...held, ...reserved },
    drawn,
    switchName: (await thePlace()).switch.name,
    stock: await aStock(mark),
  };
}

async function anOrder({ customer, user, mark, text }: { customer: Customer; user: User; mark: string; text: string }) {
  const product = await aProduct();
  await aServer({ productId: product.id });
  const said = { hostName: `${mark}.order.example`, justification: text, sshKey: text, implementationContact: text };
  const { number, id } = await placeOrder(await aPlacement({ customer, user, product }, { ...said, placedAt: now }));
  const { id: invoiceId } = await Invoice.query().findOne({ orderId: id }).throwIfNotFound();
  await Invoice.knex()('invoice_lines').where({ invoiceId }).update({ description: text, detail: text });
  return number;
}

async function aServiceOf(customer: Customer, user: User, mark: string, text: string): Promise<Service> {
  const service = await aService(customer, { slug: `slug-${mark}`, name: 'before', anchoredOn: '2027-02-01' });
  await renameService(service, { name: text, user, from: '192.0.2.7', at: now });
  await aCancellation(service, { reason: text });
  const token = createAccessTokens('a key for tests').rootPassword(service.id);
  const secret = { passwordSealed: sealer.seal(rootPasswordOf(mark)), cryptHash: '$6$…' };
  const times = { createdAt: now, expiresAt: new Date('2027-03-13T10:00:00Z') };
  await RootPassword.query().insert({
    serviceId: service.id,
    ...secret,
    linkHash: rootPasswordLinkHash(token),
    ...times,
  });
  return service.$query().withGraphFetched('[customer, subscription]');
}

async function heldBy(service: Service, mark: string, text: string, traffic?: KeptTraffic) {
  const since = new Date('2027-03-01T00:00:00Z');
  const port = await onItsPort(service, since);
  await SwitchPort.query().findById(port).patch({ name: text });
  await traffic?.write(steadily(port, { from: new Date(now.getTime() - 86_400_000), to: now }, 8_123_457, 9_234_567));
  const command = await aPowerCommand(service, { reason: text, at: now });
  const { server } = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server.product')
    .throwIfNotFound();
  await server.$query().patch({ serial: `serial-${mark}`, statusReason: text });
  const [block] = await AddressAssignment.query().modify('heldBy', service.id);
  const address = block?.block.split('/')[0] ?? '';
  return { port, command: command.id, server, address };
}

async function aStock(mark: string): Promise<Holding['stock']> {
  const { site, switch: device } = await thePlace();
  const rack = await Rack.query().insertAndFetch({ siteId: site.id, name: `rack ${mark}`, units: 42 });
  const ifIndex = 900_000 + (await SwitchPort.query().resultSize());
  const row = { switchId: device.id, ifIndex, name: `free ${mark}`, speedMbit: 1_000 };
  const { id: port } = await SwitchPort.query().insertAndFetch(row);
  return { site: site.id, rack: rack.id, port, product: (await aProduct({ listed: false })).slug };
}

async function aReservation(staff: StaffMember, text: string) {
  const prefix = await Prefix.query().findOne({ purpose: 'routed' }).throwIfNotFound();
  const taken = await AddressReservation.query().resultSize();
  const block = blockOf(`198.19.${taken}.0/28`);
  if (!block) throw new Error('not a block');
  const act = { staff, address: '192.0.2.1', at: now } as unknown as Parameters<typeof AddressReservation.reserve>[2];
  await AddressReservation.reserve(prefix.id, { block, justification: text }, act);
  const { id } = await AddressReservation.query().orderBy('block', 'desc').first().throwIfNotFound();
  return { prefix: prefix.block, reservation: id };
}

/** Of a kind one stands at a time: the one before is history. */
async function aStop(staff: StaffMember, reason: string): Promise<string> {
  const standing = () => EmergencyStop.query().findOne({ kind: 'installations' }).modify('standing');
  const lifted = { liftedAt: now, liftedByStaffId: staff.id };
  await standing().patch(lifted);
  await EmergencyStop.set('installations', reason, { staff, address: '192.0.2.1', at: now });
  return (await standing().throwIfNotFound()).id;
}
