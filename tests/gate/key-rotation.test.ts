import { randomBytes } from 'node:crypto';
import express, { type Express } from 'express';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSealer } from '../../gateways/sealing.js';
import { SecondFactor } from '../../models/accounts/second-factor.js';
import { resealColumn, type SealedColumn, sealedColumns } from '../../models/durable/sealed-columns.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { testApp } from '../support/app.js';
import { aCustomer, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { thePlace } from '../support/inventory.js';
import { OwnProcess } from '../support/own-process.js';
import { productionEnvironment } from '../support/production-environment.js';
import { sealer as before, secret } from '../support/second-factor.js';
import { signedInVisitor } from '../support/signed-in.js';
import { type Visitor, visit } from '../support/visitor.js';

const gate = suite('[OPS] [S18] a key is changed');
const [oldKey, newKey] = [Buffer.alloc(32, 7), randomBytes(32)];
const changed = createSealer(newKey, [oldKey]);
const after = createSealer(newKey);
const switches = sealedColumns.find(({ table }) => table === 'switches') as SealedColumn;
let database: { close: () => Promise<void> };
let site: string;

gate.before(async () => {
  database = await openDatabase();
  ({ id: site } = (await thePlace()).site);
});
gate.before.each(async () => {
  await SwitchDevice.query().delete();
});
gate.after(() => database.close());

async function keep(secrets: readonly string[], sealer = before): Promise<void> {
  const reached = { siteId: site, host: '192.0.2.9', port: 161, version: '2c' } as const;
  const rows = secrets.map((secret) => ({ ...reached, name: secret, communitySealed: sealer.seal(secret) }));
  await SwitchDevice.knex().batchInsert('switches', rows, 500);
}

async function openUnder(sealer: typeof before): Promise<number> {
  const kept = await SwitchDevice.query();
  const opens = ({ name, communitySealed }: SwitchDevice) => {
    try {
      return sealer.open(communitySealed) === name;
    } catch {
      return false;
    }
  };
  return kept.filter(opens).length;
}

gate('every column that holds something sealed is known to those who seal anew', async () => {
  const { rows } = await Model.knex().raw(`SELECT table_name || '.' || column_name AS name
    FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%seal%' ORDER BY 1`);
  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`).sort();
  const ofTheLedger = /^(ledger_|book_checks\.)/; // another kind of seal: hashes, which hold nothing
  assert.equal(
    (rows as { name: string }[]).map(({ name }) => name).filter((name) => !ofTheLedger.test(name)),
    known,
  );
});

gate('rows are sealed anew in batches; broken off after two of them, the rest follows and nothing twice', async () => {
  await keep(Array.from({ length: 1_201 }, (_, index) => `sw-${index}`));
  const knex = Model.knex();
  let batches = 0;
  const transaction = (work: Parameters<typeof knex.transaction>[0]) =>
    ++batches > 2 ? Promise.reject(new Error('killed')) : knex.transaction(work);
  await resealColumn({ transaction } as unknown as typeof knex, switches, changed.reseal).then(
    () => assert.unreachable(),
    (error: Error) => assert.is(error.message, 'killed'),
  );
  assert.equal([await openUnder(after), await openUnder(changed)], [1_000, 1_201]);
  assert.equal(await resealColumn(knex, switches, changed.reseal), { looked: 1_201, sealedAnew: 201, closed: [] });
  assert.is(await openUnder(after), 1_201);
  assert.is((await resealColumn(knex, switches, changed.reseal)).sealedAnew, 0);
});

gate('a row that no key opens is named and left as it is; those beside it are done', async () => {
  await keep(['sw-ours', 'sw-older']);
  await keep(['sw-strange'], createSealer(randomBytes(32)));
  const strange = await SwitchDevice.query().findOne({ name: 'sw-strange' }).throwIfNotFound();
  const done = await resealColumn(Model.knex(), switches, changed.reseal);
  assert.equal(done, { looked: 3, sealedAnew: 2, closed: [strange.id] });
  assert.equal((await strange.$query()).communitySealed, strange.communitySealed);
});

gate('the command does it for every column, says how many, and ends with 1 for what stays closed', async () => {
  await SwitchDevice.query().delete();
  await keep(['sw-ours']);
  const { config } = Model.knex().client as { config: { connection: { connectionString: string } } };
  const keys = { SECRETS_KEY: newKey.toString('base64'), SECRETS_KEY_PREVIOUS: oldKey.toString('base64') };
  const env = productionEnvironment({ DATABASE_URL: config.connection.connectionString, ...keys });
  const run = async () => {
    const command = new OwnProcess('dev/reseal/main.ts', env);
    return [await command.ended, command.said.match(/switches\.community_sealed: .*/)?.[0]];
  };
  assert.equal(await run(), [0, 'switches.community_sealed: 1 of 1 sealed anew']);
  assert.equal(await run(), [0, 'switches.community_sealed: 0 of 1 sealed anew']);
  await keep(['sw-strange'], createSealer(randomBytes(32)));
  assert.equal(await run(), [1, 'switches.community_sealed: 0 of 2 sealed anew']);
});

/** One address whose web is rolled out anew. */
async function shopOf(app: { now: Express }): Promise<Visitor> {
  return visit(express().use((request, response) => app.now(request, response)));
}

gate('cookies signed with the key that was still count, for as long as it is named', async () => {
  const [was, is] = ['a key of last year, as long as a real one', 'a key of today, and just as long as that'];
  const app = { now: testApp({ sessionKey: was }) };
  const guest = await shopOf(app);
  const user = await signedInVisitor(guest, await aUser(await aCustomer()), { comesBack: false });
  app.now = testApp({ sessionKey: is, previousSessionKeys: [was] });
  assert.is((await user.get('/orders')).status, 200);
  const later = await signedInVisitor(guest, await aUser(await aCustomer()), { comesBack: false });
  app.now = testApp({ sessionKey: is });
  assert.match((await user.get('/orders')).location ?? '', '/sign-in');
  assert.is((await later.get('/orders')).status, 200);
  await guest.leave();
});

gate('a second factor sealed under the key that was opens under the one that is alone, once sealed anew', async () => {
  const colleague = await aStaffMember();
  const guest = await visit(testApp({ sealer: changed }));
  assert.is((await (await signedInVisitor(guest, colleague)).get('/staff')).status, 200);
  await guest.leave();
  const factors = sealedColumns.find(({ table }) => table === 'second_factors') as SealedColumn;
  await resealColumn(Model.knex(), factors, changed.reseal);
  const factor = await SecondFactor.standing(colleague);
  assert.is(factor && after.open(factor.sealedSecret), secret);
});

gate.run();
