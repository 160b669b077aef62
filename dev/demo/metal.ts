import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Model } from 'objection';
import type { Sealer } from '../../gateways/sealing.js';
import { OptionChoice } from '../../models/catalogue/option-choice.js';
import { Product } from '../../models/catalogue/product.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { Bmc } from '../../models/servers/bmc.js';
import { Rack } from '../../models/servers/rack.js';
import { Server } from '../../models/servers/server.js';
import type { MachineList } from '../machines/machine-list.js';
import { CIPHER_SUITE } from '../metal/service-processor.js';

/** Before all others, so that the catalogue's first product is built on it as long as it is free. */
const LABEL = 'S-0380';
const PRODUCT = 'quay-s2';
const IF_INDEX = 48;
const UNIT = 40;
const AWAY = 'Not here: this shop was started without its machine in QEMU, or its installer is not built';

interface Placing {
  readonly sealer: Sealer;
  readonly bmcPort: number;
  /** Gets `metal.json`, from which the machine is made. */
  readonly dataDir: string;
  readonly now: Date;
}

/** The machine in QEMU as the inventory knows it; entered once, and out of stock until it can be installed. */
export async function placeMetal({ sealer, bmcPort, dataDir, now }: Placing): Promise<void> {
  const server = (await Server.query().findOne({ label: LABEL })) ?? (await enter(sealer, bmcPort, now));
  const bmc = await Bmc.query().findOne({ serverId: server.id }).throwIfNotFound();
  await bmc.$query().patch({ address: addressAt(bmcPort) });
  await setMetalAside(now);
  const port = await SwitchPort.query().findById(server.switchPortId).withGraphFetched('device').throwIfNotFound();
  const papers: MachineList[number] = {
    id: LABEL,
    serial: server.serial,
    uuid: server.id,
    mac: server.mac,
    username: bmc.username,
    password: sealer.open(bmc.passwordSealed).toString(),
    model: 'QEMU Q35',
    switchName: port.device.name,
    ifIndex: port.ifIndex,
  };
  await writeFile(join(dataDir, 'metal.json'), `${JSON.stringify([papers], null, 2)}\n`, { mode: 0o600 });
}

/** Nobody is sold a machine that is not there. What is in use already stays so. */
export async function setMetalAside(now: Date): Promise<void> {
  await Server.query()
    .where({ label: LABEL, status: 'ready' })
    .patch({ status: 'failed_testing', statusReason: AWAY, statusSince: now });
}

export async function bringMetalBack(now: Date): Promise<void> {
  await Server.query()
    .where({ label: LABEL, status: 'failed_testing', statusReason: AWAY })
    .patch({ status: 'ready', statusReason: null, statusSince: now });
}

async function enter(sealer: Sealer, bmcPort: number, now: Date): Promise<Server> {
  const product = await Product.query().findOne({ slug: PRODUCT }).throwIfNotFound();
  const rack = await Rack.query().orderBy('name').first().throwIfNotFound();
  const device = await SwitchDevice.query().orderBy('name').first().throwIfNotFound();
  return Server.transaction(async (trx) => {
    const port = { switchId: device.id, ifIndex: IF_INDEX, name: `Et1/0/${IF_INDEX}`, speedMbit: 10_000 };
    await SwitchPort.query(trx).insert(port).onConflict(['switchId', 'ifIndex']).ignore();
    const { id: switchPortId } = await SwitchPort.query(trx)
      .findOne({ switchId: device.id, ifIndex: IF_INDEX })
      .throwIfNotFound();
    const placed = { rackId: rack.id, unit: UNIT, switchPortId, productId: product.id };
    const named = { label: LABEL, serial: 'S478231X4A09400', mac: '52:54:00:4a:91:00' };
    const status = { status: 'ready', statusSince: now } as const;
    const server = await Server.query(trx).insertAndFetch({ ...named, ...placed, ...status });
    await Bmc.query(trx).insert({
      serverId: server.id,
      driver: 'ipmi',
      address: addressAt(bmcPort),
      cipherSuite: CIPHER_SUITE,
      username: 'quartermaster',
      passwordSealed: sealer.seal(randomBytes(12).toString('base64url')),
    });
    const built = OptionChoice.query(trx)
      .join('product_options as o', 'o.id', 'option_choices.optionId')
      .where({ 'o.productId': product.id, 'o.isPhysical': true, 'option_choices.isDefault': true })
      .select('option_choices.id');
    const choices = await built;
    const rows = choices.map(({ id }) => ({ serverId: server.id, choiceId: id }));
    await Model.knex()('server_choices').transacting(trx).insert(rows);
    return server;
  });
}

function addressAt(port: number): string {
  return `127.0.0.1:${port}`;
}
