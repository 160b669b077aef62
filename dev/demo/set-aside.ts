import { StaffMember } from '../../models/accounts/staff-member.js';
import { AddressReservation } from '../../models/network/address-reservation.js';
import { Prefix } from '../../models/network/prefix.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { Server } from '../../models/servers/server.js';
import { moveServer } from '../../models/servers/server-state.js';
import { type Block, blockOf } from '../../rules/network/blocks.js';

const DAY_MS = 86_400_000;

/** What the data centre's people hold back: a machine that failed its test, one being tested, addresses of the network's own. */
export async function setAside(now: Date): Promise<void> {
  const { id, name } = await StaffMember.query().orderBy('email').first().throwIfNotFound();
  const act = { staff: { id, name }, address: '203.0.113.250', at: new Date(now.getTime() - 3 * DAY_MS) };
  const inStock = Server.query().where({ status: 'ready' });
  const tested = await inStock.clone().orderBy('label').first().throwIfNotFound();
  const failing = await inStock.clone().orderBy('label', 'desc').first().throwIfNotFound();
  for (const { label } of [tested, failing]) {
    await moveServer(label, { from: 'ready', to: 'testing', reason: 'Yearly memory and drive test' }, act);
  }
  const reason = 'Drive 1 reports 14 reallocated sectors';
  await moveServer(failing.label, { from: 'testing', to: 'failed_testing', reason }, act);
  for (const [purpose, block, justification] of [
    ['shared', '203.0.113.120/29', 'Routers and first-hop redundancy'],
    ['ipv6', '2001:db8:4a:ffff::/64', 'Monitoring and time servers'],
  ] as const) {
    const prefix = await Prefix.query().findOne({ purpose }).throwIfNotFound();
    await AddressReservation.reserve(prefix.id, { block: blockOf(block) as Block, justification }, act);
  }
}

/** Ports behind those that machines were given, as the switch has them. */
export async function plugNothingIn({ id }: SwitchDevice, from: number, to: number, speedMbit: number): Promise<void> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const ports = numbers.map((number) => ({ switchId: id, ifIndex: number, name: `Et1/0/${number}`, speedMbit }));
  await SwitchDevice.knex()('switch_ports').insert(ports);
}
