import * as assert from 'uvu/assert';
import { Order } from '../../../../models/orders/order.js';
import { Installation } from '../../../../models/servers/installation.js';
import { PowerCommand } from '../../../../models/servers/power-command.js';
import { Server } from '../../../../models/servers/server.js';
import { ServerLease } from '../../../../models/servers/server-lease.js';
import { countHoldings, releaseHoldings } from '../../../../models/services/holdings.js';
import { Service } from '../../../../models/services/service.js';
import { Subscription } from '../../../../models/services/subscription.js';
import type { House } from '../house/house.js';

const MINUTE = 60_000;

/** The pretend machine behind a row of the inventory. */
export function machineOf({ workshop }: House, serverId: string) {
  const number = workshop.servers.findIndex(({ id }) => id === serverId) + 1;
  const machine = workshop.hardware.machine(`r1-${String(number).padStart(2, '0')}`);
  if (!machine) throw new Error(`no machine behind ${serverId}`);
  return machine;
}

/** The machine that is held for a service, or was first held for it. */
export async function leasedFor({ id: serviceId }: Service): Promise<Server> {
  const { serverId } = await ServerLease.query().findOne({ serviceId }).throwIfNotFound();
  return Server.query().findById(serverId).throwIfNotFound();
}

/** The service runs on one machine, reachable through its port, and was said to be ready once; in words. */
export async function assertHandedOver(house: House, { id, slug }: Service): Promise<string> {
  const service = await Service.query().findById(id).throwIfNotFound();
  assert.equal([service.status, await countHoldings(id, new Date())], ['active', 4]);
  assert.is(await Subscription.query().where({ serviceId: id }).resultSize(), 1);
  const leases = await ServerLease.query().modify('heldBy', id, new Date());
  const server = await Server.query()
    .findById(leases[0]?.serverId ?? '')
    .throwIfNotFound();
  assert.is(server.status, 'in_service');
  assert.is(machineOf(house, server.id).state.stage, 'running');
  const port = house.workshop.portOf(server);
  assert.equal([port?.up, port?.alias], [true, slug]);
  assert.is(house.mailbox.letters.filter((letter) => letter.id === `welcome-server-${id}`).length, 1);
  const tried = await Installation.query().where({ serviceId: id }).distinct('serverId');
  return tried.length > 1 ? 'delivered on another machine' : 'delivered';
}

/** Services end and their machines go back to stock, switched off, so that the next cells find as many as these did. */
export async function clearTheHall(house: House): Promise<void> {
  const at = new Date(Date.now() - 2 * MINUTE); // what is ordered next was placed a minute ago
  for (const { id } of await Service.query()) await releaseHoldings(id, at);
  await Order.query()
    .where({ status: 'preparing' })
    .whereIn(
      'id',
      Order.query()
        .select('orders.id')
        .joinRelated('lines')
        .join('services', 'services.orderLineId', 'lines.id')
        .where('services.status', 'active'),
    )
    .patch({ status: 'active' });
  await Service.query().where({ status: 'active' }).patch({ status: 'ended', endedAt: at });
  await PowerCommand.query().delete();
  await Installation.query().modify('open').patch({ status: 'abandoned' });
  for (const { id } of house.workshop.servers) {
    const machine = machineOf(house, id);
    house.workshop.hardware.faults.clear(machine.known.id);
    machine.press('off');
    Object.assign(house.workshop.portOf({ id }) ?? {}, { up: false });
    await Server.query().findById(id).patch({ status: 'ready', statusReason: null });
  }
}
