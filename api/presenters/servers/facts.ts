import ipaddr from 'ipaddr.js';
import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { ServiceFacts } from '../../../models/services/service-facts.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { hostAddress } from '../../../rules/network/host-addresses.js';
import type { Reader } from '../moments.js';
import { portSpeed } from '../network/port-speed.js';
import { lastPaidDay } from './words.js';

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly sub?: string;
  readonly mono?: boolean;
  readonly address?: string;
}

type Say = (key: string, values?: Record<string, unknown>) => string;

/** For `partials/facts`: how the server is reached, what it is made of, where it stands, what it costs. */
export function presentFacts(reader: Reader, facts: ServiceFacts): Fact[] {
  const say: Say = (key, values = {}) => phrase(reader.language, `servers:page.${key}`, values);
  const network = [...addressFacts(say, facts), ...nameFacts(say, facts)];
  return [...network, ...machineFacts(reader, say, facts), ...moneyFacts(reader, say, facts)];
}

function addressFacts(say: Say, { addresses }: ServiceFacts): Fact[] {
  return addresses.flatMap((held) => {
    const { address, length, gateway } = hostAddress(held);
    const own = { value: `${address}/${length}`, mono: true };
    if (held.role === 'ipv6')
      return [
        { label: say('ipv6'), ...own },
        { label: say('ipv6Gateway'), value: gateway, mono: true },
      ];
    const mask = ipaddr.IPv4.subnetMaskFromPrefixLength(length).toString();
    return [
      { label: say('ipv4'), ...own },
      { label: say('mask'), value: mask, mono: true },
      { label: say('gateway'), value: gateway, mono: true },
    ];
  });
}

function nameFacts(say: Say, { service, reverseNames }: ServiceFacts): Fact[] {
  const names = [...new Set(reverseNames.map(({ hostName }) => hostName))].join(', ');
  return [
    { label: say('host'), value: service.hostName, mono: true },
    { label: say('reverse'), value: names || say('none'), mono: names !== '' },
  ];
}

/** What was chosen replaces what the product says of the same part. */
function machineFacts({ language }: Reader, say: Say, { service, product, lease, port }: ServiceFacts): Fact[] {
  const { choices = [] } = service.orderLine ?? {};
  const options = product?.options ?? [];
  const chosen = choices.map(({ option, name }) => {
    const label = options.find(({ key }) => key === option)?.name[language] ?? option;
    return { label, value: name[language] };
  });
  const rest = (product?.facts ?? []).filter(
    ({ label }) => !options.some(({ name }) => name[language].startsWith(label[language])),
  );
  const built = rest.map(({ label, value }) => ({ label: label[language], value: value[language] }));
  return [...portFacts(language, say, lease, port), ...built, ...chosen, ...placeFacts(say, lease)];
}

function portFacts(language: Language, say: Say, lease: ServiceFacts['lease'], port: ServiceFacts['port']): Fact[] {
  const mac = lease ? [{ label: say('mac'), value: lease.server.mac, mono: true }] : [];
  if (!port) return mac;
  const { name, speedMbit, device } = port.switchPort;
  const speed = portSpeed(language, speedMbit);
  const value = say('portValue', { device: device.name, port: name, speed, vlan: port.vlan.number });
  return [...mac, { label: say('port'), value }];
}

function placeFacts(say: Say, lease: ServiceFacts['lease']): Fact[] {
  if (!lease) return [];
  const { rack, unit, serial } = lease.server;
  const place = say('placeValue', { city: rack.site.city, site: rack.site.code, rack: rack.name, unit });
  return [
    { label: say('place'), value: place },
    { label: say('serial'), value: serial, mono: true },
  ];
}

function moneyFacts(reader: Reader, say: Say, { service, order, cancellation }: ServiceFacts): Fact[] {
  const { subscription } = service;
  const bought = order ? [{ label: say('order'), value: order.number, address: `/orders/${order.number}` }] : [];
  if (!subscription) return bought;
  const { price, periodMonths, paidUntilOn, autoRenew } = subscription;
  const per = phrase(reader.language, `catalogue:period.${periodMonths}.per`);
  const later = cancellation?.endsOn ? say('endsThen') : autoRenew ? say('renews') : undefined;
  const paid = { label: say('paid'), value: lastPaidDay(reader, paidUntilOn).text };
  return [
    { label: say('price'), value: say('priceValue', { amount: formatMoney(reader.language, price), per }) },
    later === undefined ? paid : { ...paid, sub: later },
    ...bought,
  ];
}
