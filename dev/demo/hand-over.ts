import { Customer } from '../../models/accounts/customer.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { PortAssignment } from '../../models/network/port-assignment.js';
import { ReverseName } from '../../models/network/reverse-name.js';
import { Vlan } from '../../models/network/vlan.js';
import { OrderLine } from '../../models/orders/order-line.js';
import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import type { Service } from '../../models/services/service.js';
import { Service as Services } from '../../models/services/service.js';
import { Subscription } from '../../models/services/subscription.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import { addMonths, dayAt } from '../../rules/calendar.js';
import { hostsOfBlock } from '../../rules/network/subnets.js';

/** As provisioning leaves a service, written at once: machine confirmed, addresses, reverse name, port, subscription. */
export async function handOver(service: Service, at: Date): Promise<void> {
  const line = await OrderLine.query()
    .findById(service.orderLineId ?? '')
    .throwIfNotFound();
  const customer = await Customer.query().findById(service.customerId).throwIfNotFound();
  const lease = await ServerLease.query().findOne({ serviceId: service.id }).throwIfNotFound();
  const server = await Server.query().findById(lease.serverId).modify('withItsDevices').throwIfNotFound();
  const siteId = server.rack.siteId;
  await Services.transaction(async (trx) => {
    await lease.confirm(trx);
    const routed = line.ipv4PrefixLength < 32;
    const ipv4 = { purpose: routed ? 'routed' : 'shared', length: line.ipv4PrefixLength } as const;
    const held = await AddressAssignment.take(
      { serviceId: service.id, siteId, ...ipv4, justification: line.justification },
      at,
      trx,
    );
    await AddressAssignment.take({ serviceId: service.id, siteId, purpose: 'ipv6', length: 64 }, at, trx);
    const vlans = Vlan.query(trx);
    const vlan = await (routed ? vlans.modify('freeFor', siteId) : vlans.where({ siteId, purpose: 'shared' })).first();
    if (!held || !vlan) throw new Error('the demo has too few addresses');
    await PortAssignment.take({ switchPortId: server.switchPortId, vlanId: vlan.id, serviceId: service.id }, at, trx);
    const address = routed ? hostsOfBlock(held.block).server : (held.block.split('/')[0] ?? '');
    await ReverseName.query(trx).insert({
      address,
      serviceId: service.id,
      hostName: service.hostName,
      publishedAt: at,
    });
    await server.$query(trx).patch({ status: 'in_service', statusSince: at });
    const anchoredOn = dayAt(at, customer.timeZone);
    await Subscription.query(trx).insert({
      serviceId: service.id,
      priceMinor: line.recurringMinor,
      currency: customer.currency,
      periodMonths: 1,
      anchoredOn,
      paidUntilOn: addMonths(anchoredOn, 1),
      freeFromOn: anchoredOn,
      noticeDays: 0,
      creditsUnusedTime: true,
    });
    await service.$query(trx).patch({ status: 'active', activeAt: at });
    const values = { service: service.slug };
    const told = { event: 'server.handed_over', values, actor: 'process', happenedAt: at } as const;
    await TimelineEntry.tell({ subjectType: 'service', subjectId: service.id, ...told }, trx);
  });
}
