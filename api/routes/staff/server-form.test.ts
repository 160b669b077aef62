import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSealer } from '../../../gateways/sealing.js';
import { OptionChoice } from '../../../models/catalogue/option-choice.js';
import type { Product } from '../../../models/catalogue/product.js';
import { ProductOption } from '../../../models/catalogue/product-option.js';
import { SwitchPort } from '../../../models/network/switch-port.js';
import { Rack } from '../../../models/servers/rack.js';
import { Server } from '../../../models/servers/server.js';
import { testApp } from '../../../tests/support/app.js';
import { aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aProduct, aServer, thePlace } from '../../../tests/support/inventory.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const form = suite('[STF-04] the form for machines');
const sealer = createSealer(Buffer.alloc(32, 7));
const texts = (text: string) => ({ en: text, fr: text, uk: text });
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let product: Product;
let made = 0;

form.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ sealer, now: () => new Date('2027-03-11T12:10:00Z') }));
  visitor = await signedInVisitor(guest, await aStaffMember({ role: 'data_centre' }));
  product = await aProduct({ name: 'Quay M4', slug: 'quay-m4' });
  const memory = { productId: product.id, key: 'memory', name: texts('Memory'), position: 1, isPhysical: true };
  const { id: optionId } = await ProductOption.query().insertAndFetch(memory);
  for (const key of ['64', '128']) {
    const choice = { optionId, key, name: texts(`${key} GB`), remark: null, position: Number(key) };
    await OptionChoice.query().insert({ ...choice, isDefault: key === '64', ipv4PrefixLength: null });
  }
});
form.after(async () => {
  await guest.leave();
  await database.close();
});

async function filled(differing: Record<string, string> = {}): Promise<Record<string, string>> {
  const { site, switch: device } = await thePlace();
  const high = { siteId: site.id, name: 'T01', units: 100 };
  const rack = (await Rack.query().findOne(high)) ?? (await Rack.query().insertAndFetch(high));
  const number = 700 + ++made;
  const row = { switchId: device.id, ifIndex: number, name: `ge-0/2/${number}`, speedMbit: 1_000 };
  const port = await SwitchPort.query().insertAndFetch(row);
  const machine = { label: `S-${number}`, serial: `FORM${number}`, mac: `02-00-00-02-00-${(made + 16).toString(16)}` };
  const place = { rack: rack.id, unit: String(20 + made), height: '1', port: port.id };
  const bmc = {
    driver: 'ipmi',
    bmcAddress: `bmc${number}.example:623`,
    bmcUser: 'admin',
    bmcPassword: 'Secret-word-9',
  };
  return { product: 'quay-m4', option_memory: '128', ...machine, ...place, ...bmc, cipherSuite: '3', ...differing };
}

/** Of another machine than the one before. */
const unlike = ({ label = '', serial = '', mac = '', unit = '', port = '' }: Record<string, string>) => ({
  label,
  serial,
  mac,
  unit,
  port,
});

form('asks first what it is, and then for what is built into it', async () => {
  const first = await visitor.get('/staff/servers/new');
  assert.match(first.body, 'value="quay-m4"');
  const { status, body } = await visitor.get('/staff/servers/new?product=quay-m4');
  assert.is(status, 200);
  for (const field of ['option_memory', 'label', 'serial', 'mac', 'rack', 'unit', 'port', 'bmcPassword'])
    assert.match(body, `name="${field}"`);
});

form('enters a machine whose password is sealed and never shown again', async () => {
  const fields = await filled();
  const { status, location } = await visitor.post('/staff/servers', fields);
  assert.equal([status, location], [303, `/staff/servers/${fields.label}`]);
  const server = await Server.query()
    .findOne({ label: fields.label ?? '' })
    .withGraphFetched('bmc')
    .throwIfNotFound();
  assert.is(sealer.open(server.bmc.passwordSealed), 'Secret-word-9');
  assert.equal([server.status, server.bmc.cipherSuite], ['new', 3]);
  const edit = await visitor.get(`/staff/servers/${fields.label}/edit`);
  for (const page of [(await visitor.get(location ?? '')).body, edit.body]) assert.not.match(page, 'Secret-word-9');
  assert.match(edit.body, /<option value="128" selected>/);
  assert.match(edit.body, `value="${server.mac}"`);
});

for (const [field, values, words] of [
  ['label', ['', 'new', 'S 1', '-S1', 'S/1', 'x'.repeat(31)], 'A label is 1 to 30 letters'],
  ['serial', ['', 'x'.repeat(61), 'a\u0000b'], 'Give the serial number'],
  ['mac', ['', '3c:ec:ef', '01:00:5e:00:00:01'], 'A MAC has six pairs'],
  ['rack', ['', 'C07'], 'Choose a rack.'],
  ['unit', ['', '0', '-1', '1.5', '1e1', '101'], 'Give the unit as a whole number'],
  ['height', ['', '0', '21'], 'Give 1 to 20 units.'],
  ['port', ['', "' OR 1=1"], 'Choose a port.'],
  ['driver', ['', 'ssh'], 'Choose how its BMC is spoken to.'],
  [
    'bmcAddress',
    ['', 'host name', 'host:99999', '-x', 'a;reboot', 'https://u:p@h/redfish/v1/Systems/1'],
    'Redfish is reached',
  ],
  ['bmcUser', ['', 'x'.repeat(61)], 'Give the BMC’s user.'],
  ['bmcPassword', ['', 'x'.repeat(201)], 'Give the BMC’s password'],
  ['cipherSuite', ['', '0', '18'], 'Choose one of these.'],
  ['option_memory', ['', '96'], 'Choose one of these.'],
] as const) {
  form(`a wrong ${field} is told, and what else was typed stays`, async () => {
    for (const value of values) {
      const fields = await filled({ [field]: value });
      const before = await Server.query().resultSize();
      const { status, body } = await visitor.post('/staff/servers', fields);
      assert.equal([status, body.includes(words)], [422, true], `${field}: ${value}`);
      if (field !== 'bmcUser') assert.match(body, 'value="admin"');
      assert.not.match(body, 'Secret-word-9');
      assert.is(await Server.query().resultSize(), before);
    }
  });
}

form('what no IPMI service processor takes is told at once, not when somebody waits for their server', async () => {
  const long = await filled({ bmcUser: 'x'.repeat(17), bmcPassword: 'é'.repeat(11) });
  const { status, body } = await visitor.post('/staff/servers', long);
  assert.is(status, 422);
  assert.match(body, 'IPMI takes names of 16 bytes at most');
  assert.match(body, 'IPMI takes passwords of 20 bytes at most');
  const path = 'redfish/v1/Systems/1';
  const redfish = await filled({
    ...long,
    ...unlike(await filled()),
    driver: 'redfish',
    bmcAddress: `https://r1.example/${path}`,
  });
  assert.is((await visitor.post('/staff/servers', redfish)).status, 303);
  const bare = await filled({ bmcAddress: '2001:db8::77' });
  assert.is((await visitor.post('/staff/servers', bare)).status, 303);
  for (const bmcAddress of ['[192.0.2.7', '192.0.2.7]', 'bmc-.example'])
    assert.is((await visitor.post('/staff/servers', await filled({ bmcAddress }))).status, 422, bmcAddress);
});

form('fields sent twice, and rows that there are not, are refused', async () => {
  const twice = new URLSearchParams(await filled());
  twice.append('serial', 'SECOND');
  assert.is((await visitor.post('/staff/servers', twice)).status, 422);
  const nowhere = await filled({ rack: '00000000-0000-4000-8000-000000000000' });
  assert.is((await visitor.post('/staff/servers', nowhere)).status, 422);
  assert.is((await visitor.post('/staff/servers', await filled({ product: 'quay-x9' }))).status, 422);
  assert.is((await visitor.get('/staff/servers/S-none/edit')).status, 404);
  assert.is((await visitor.post('/staff/servers/S-none', await filled())).status, 404);
});

form('a place that somebody took meanwhile is told beside the field', async () => {
  const other = await aServer();
  const { body, status } = await visitor.post('/staff/servers', await filled({ port: other.switchPortId }));
  assert.is(status, 422);
  assert.match(body, 'Another machine is plugged into this port.');
});

form('a record is changed without typing the password again', async () => {
  const fields = await filled();
  await visitor.post('/staff/servers', fields);
  const changed = { ...fields, serial: 'REPLACED1', bmcPassword: '' };
  const { status } = await visitor.post(`/staff/servers/${fields.label}`, changed);
  assert.is(status, 303);
  const server = await Server.query().findOne({ serial: 'REPLACED1' }).withGraphFetched('bmc').throwIfNotFound();
  assert.is(sealer.open(server.bmc.passwordSealed), 'Secret-word-9');
  const { body } = await visitor.get(`/staff/servers/${fields.label}`);
  assert.match(body, `Serial number: ${fields.serial} → REPLACED1`);
});

form(
  'of two who change a record at once the second is told, and what the first wrote stays until they insist',
  async () => {
    const fields = await filled();
    await visitor.post('/staff/servers', fields);
    const address = `/staff/servers/${fields.label}`;
    const seenIn = (body: string) => /name="seen" value="([\w-]+)"/.exec(body)?.[1] ?? '';
    const seen = seenIn((await visitor.get(`${address}/edit`)).body);
    const unit = () =>
      Server.query()
        .findOne({ label: fields.label ?? '' })
        .then((server) => server?.unit);

    const first = { ...fields, seen, unit: '80', bmcPassword: '' };
    assert.is((await visitor.post(address, first)).status, 303);
    const second = await visitor.post(address, { ...fields, seen, bmcUser: 'root', bmcPassword: '' });
    assert.is(second.status, 409);
    assert.match(second.body, 'Somebody else changed this machine since you opened the form');
    assert.match(second.body, 'value="root"');
    assert.is(await unit(), 80);
    const insisting = { ...fields, seen: seenIn(second.body), bmcUser: 'root', bmcPassword: '' };
    assert.is((await visitor.post(address, insisting)).status, 303);
    assert.is(String(await unit()), fields.unit);
  },
);

form.run();
