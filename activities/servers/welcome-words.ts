import { formatDay, formatMoment } from '../../locales/formats.js';
import { phrase } from '../../locales/phrases.js';
import type { AddressAssignment } from '../../models/network/address-assignment.js';
import { systemName } from '../../models/orders/order-line.js';
import type { RootPassword } from '../../models/servers/root-password.js';
import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { Subscription } from '../../models/services/subscription.js';
import { addDays } from '../../rules/calendar.js';
import { hostAddress, primaryAddress } from '../../rules/network/host-addresses.js';
import type { ordered } from './reservations.js';

type Ordered = Awaited<ReturnType<typeof ordered>>;

/** What the letter says of the server, in its customer's language and time. */
export async function welcomeWords(service: Ordered, held: readonly AddressAssignment[], password: RootPassword) {
  const { id, name, hostName, orderLine, customer, activeAt } = service;
  const { language, timeZone } = customer;
  const { rack } = await machineOf(id, password.expiresAt);
  const { paidUntilOn } = await Subscription.query().findOne({ serviceId: id }).throwIfNotFound();
  return {
    language,
    subject: 'servers:welcome.subject',
    server: name,
    product: orderLine.productName,
    city: rack.site.city,
    system: systemName(orderLine, language),
    since: formatMoment(language, activeAt ?? password.createdAt, timeZone),
    paidUntil: formatDay(language, addDays(paidUntilOn, -1)),
    expires: formatMoment(language, password.expiresAt, timeZone),
    rows: [
      ...held.flatMap((block) => addressRows(language, block)),
      { what: phrase(language, 'servers:welcome.host'), value: hostName },
      { what: phrase(language, 'servers:welcome.signIn'), value: `ssh root@${primaryAddress(held)}` },
    ],
  };
}

function addressRows(language: Ordered['customer']['language'], block: AddressAssignment) {
  const { address, length, gateway } = hostAddress(block);
  const family = block.role === 'ipv6' ? 'ipv6' : 'ipv4';
  return [
    { what: phrase(language, `servers:welcome.${family}`), value: `${address}/${length}` },
    { what: phrase(language, 'servers:welcome.gateway'), value: gateway },
  ];
}

async function machineOf(serviceId: string, at: Date): Promise<Server> {
  const { serverId } = await ServerLease.query().modify('heldBy', serviceId, at).first().throwIfNotFound();
  return Server.query().findById(serverId).withGraphFetched('rack.site').throwIfNotFound();
}
