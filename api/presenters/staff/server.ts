import { phrase } from '../../../locales/phrases.js';
import type { Holding, ServerRecord } from '../../../models/servers/server-record.js';
import { type ServerStatus, staffMovesFrom } from '../../../rules/servers/server-status.js';
import type { ServerMoveField } from '../../forms/staff/server-move.js';
import { day, moment, type Reader } from '../moments.js';
import { portSpeed } from '../network/port-speed.js';
import { addressOfPortTraffic } from '../network/traffic-pages.js';
import { pill } from '../pill.js';
import { addressOfCustomer } from './customer-facts.js';
import { presentRecordStory } from './record-story.js';

export interface ServerPageInput {
  readonly record: ServerRecord;
  readonly mayChange: boolean;
  readonly mayReadAudit: boolean;
  readonly now: Date;
  readonly rejected?: { readonly typed: Readonly<Record<string, string>>; readonly wrong: readonly ServerMoveField[] };
  /** Why the machine was not moved: the phrase `inventory:move.refused.<refusal>`. */
  readonly refusal?: string;
}

/** A machine's page for staff. */
export function presentServerRecord(reader: Reader, input: ServerPageInput) {
  const { record, mayChange, now, refusal } = input;
  const { server, holdings, story } = record;
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `inventory:machine.${key}`, values);
  const address = addressOfServer(server.label);
  const holder = holdings.find(({ until }) => !until || new Date(until) > now);
  return {
    title: server.label,
    crumbs: [{ label: phrase(language, 'inventory:servers.title'), address: '/staff/servers' }],
    pill: pill(language, 'machine', server.status),
    sub: says(`meaning.${server.status}`),
    reason: server.statusReason,
    since: moment(reader, server.statusSince),
    refusal: refusal && phrase(language, `inventory:move.refused.${refusal}`),
    edit: mayChange ? `${address}/edit` : undefined,
    facts: factsOf(reader, record),
    place: placeOf(reader, record),
    cabling: cablingOf(reader, record),
    holder: holder && holderOf(reader, holder, now),
    former: holdings.filter((holding) => holding !== holder).map((holding) => holderOf(reader, holding, now)),
    move: mayChange ? moveOf(reader, input, address) : undefined,
    story: presentRecordStory(reader, story),
    audit: input.mayReadAudit ? `/staff/audit?${new URLSearchParams({ q: server.label })}` : undefined,
  };
}

export function addressOfServer(label: string): string {
  return `/staff/servers/${encodeURIComponent(label)}`;
}

function factsOf({ language }: Reader, { server, built }: ServerRecord) {
  const says = (key: string) => phrase(language, `inventory:servers.${key}`);
  return [
    { label: says('product'), value: server.product.name },
    ...built.map(({ option, choice }) => ({ label: option[language], value: choice[language] })),
    { label: says('serial'), value: server.serial, mono: true },
    { label: says('mac'), value: server.mac, mono: true },
  ];
}

function placeOf({ language }: Reader, { server }: ServerRecord) {
  const says = (key: string, values = {}) => phrase(language, `inventory:servers.${key}`, values);
  const { rack, unit, height } = server;
  return [
    { label: says('site'), value: rack.site.code, sub: rack.site.city },
    { label: says('rack'), value: rack.name },
    { label: says('unit'), value: height > 1 ? `${unit}–${unit + height - 1}` : String(unit) },
  ];
}

/** The BMC's password is sealed, and nobody is shown it: not even that there is a length to it. */
function cablingOf({ language }: Reader, { server }: ServerRecord) {
  const says = (key: string) => phrase(language, `inventory:servers.${key}`);
  const { switchPort, bmc } = server;
  const port = {
    label: says('port'),
    value: `${switchPort.device.name} ${switchPort.name}`,
    sub: portSpeed(language, switchPort.speedMbit),
    address: addressOfPortTraffic(switchPort.id),
  };
  if (!bmc) return [port, { label: says('bmc'), value: says('noBmc') }];
  return [
    port,
    { label: says('bmc'), value: phrase(language, `inventory:driver.${bmc.driver}`) },
    { label: says('bmcAddress'), value: bmc.address, mono: true, wide: true },
    { label: says('bmcUser'), value: bmc.username, mono: true },
    { label: says('bmcPassword'), value: says('sealed') },
  ];
}

function holderOf(reader: Reader, holding: Holding, now: Date) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `inventory:machine.${key}`, values);
  const { from, until, order, addresses, vlan } = holding;
  const ended = until && new Date(until) <= now;
  return {
    customer: holding.customer,
    number: holding.number,
    customerAddress: addressOfCustomer(holding.number),
    service: holding.service,
    hostName: holding.hostName,
    order: order && { number: order, address: `/staff/orders/${order}` },
    addresses: addresses?.join(', '),
    vlan,
    from: moment(reader, new Date(from)),
    until: until ? moment(reader, new Date(until)) : undefined,
    lasting: until && !ended ? says('heldUntil', { until: moment(reader, new Date(until)).text }) : says('heldFor'),
    since: day(reader, new Date(from).toISOString().slice(0, 10)).text,
  };
}

/** What may be done by hand, each with its consequence; or in words why nothing may. */
function moveOf({ language }: Reader, { record, rejected }: ServerPageInput, address: string) {
  const says = (key: string, values = {}) => phrase(language, `inventory:move.${key}`, values);
  const { server, disksUsed } = record;
  const from = server.status;
  const moves = staffMovesFrom(from, { disksUsed });
  const wrong = new Map(rejected?.wrong.map((field) => [field, says(`wrong.${field}`)]));
  const typed = rejected?.typed ?? {};
  const usedDisks = from === 'failed_provisioning' ? says(disksUsed ? 'disksUsed' : 'disksUntouched') : undefined;
  return {
    action: `${address}/status`,
    from,
    none: moves.length === 0 ? says('none') : undefined,
    remark: usedDisks,
    choices: moves.map((to: ServerStatus) => ({
      value: to,
      label: says(`to.${to}`),
      detail: says(`effect.${to}`),
      chosen: typed.to === to,
    })),
    reason: typed.reason,
    errors: wrong.size ? [...wrong].map(([field, text]) => ({ field, text })) : undefined,
    toError: wrong.get('to'),
    reasonError: wrong.get('reason'),
  };
}
