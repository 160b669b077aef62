import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccessTokens } from '../../../gateways/access-tokens.js';
import { createSealer } from '../../../gateways/sealing.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { RootPassword, rootPasswordLinkHash } from '../../../models/servers/root-password.js';
import type { Service } from '../../../models/services/service.js';
import { TimelineEntry } from '../../../models/timeline-entry.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const pages = suite('[SVC-03] a root password is shown once');
const sealer = createSealer(Buffer.alloc(32, 7));
const password = 'Abcde-fghij-kmnpq-rstuv';
const clock = { now: new Date('2027-03-11T10:00:00Z') };
let database: { close: () => Promise<void> };
let guest: Visitor;

pages.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ sealer, now: () => clock.now }));
});
pages.before.each(() => {
  clock.now = new Date('2027-03-11T10:00:00Z');
});
pages.after(async () => {
  await guest.leave();
  await database.close();
});

async function handedOver(differing = {}) {
  const customer = await aCustomer(differing);
  const service = await aService(customer);
  const token = createAccessTokens('a key for tests').rootPassword(service.id);
  const secret = { passwordSealed: sealer.seal(password), cryptHash: '$6$…', linkHash: rootPasswordLinkHash(token) };
  const times = { createdAt: clock.now, expiresAt: new Date('2027-03-13T10:00:00Z') };
  await RootPassword.query().insert({ serviceId: service.id, ...secret, ...times });
  return { customer, service, link: `/servers/login/${token}`, own: `/servers/${service.slug}/login-data` };
}

function trail({ slug }: Service) {
  return AuditEntry.query().where({ action: 'login_data.shown', subjectId: slug });
}

pages('by the button behind the link, not by opening it', async () => {
  const { service, link } = await handedOver();
  for (let opened = 1; opened <= 3; opened++) {
    const { status, body, headers } = await guest.get(link);
    assert.equal([status, headers.get('cache-control')], [200, 'no-store']);
    assert.match(body, 'Show the root password');
    assert.not.match(body, password);
  }
  const shown = await guest.post(link, {});
  assert.match(shown.body, password);
  assert.is(shown.headers.get('cache-control'), 'no-store');
  const [entry] = await trail(service);
  assert.equal([entry?.actorKind, entry?.customerId], ['guest', service.customerId]);
  assert.is(
    await TimelineEntry.query().where({ subjectId: service.id, event: 'server.login_data_shown' }).resultSize(),
    1,
  );
  assert.not.match(JSON.stringify([entry, await TimelineEntry.query().where({ subjectId: service.id })]), password);
});

pages('of two who press it at once, to one; afterwards to nobody, and the page says what to do', async () => {
  const { service, link } = await handedOver();
  const answers = await Promise.all([guest.post(link, {}), guest.post(link, {}), guest.post(link, {})]);
  assert.is(answers.filter(({ body }) => body.includes(password)).length, 1);
  assert.equal(answers.map(({ status }) => status).sort(), [200, 410, 410]);
  const later = await guest.get(link);
  assert.match(later.body, 'The root password is not here any more');
  assert.not.match(later.body, password);
  assert.is((await RootPassword.query().findById(service.id))?.passwordSealed, null);
  assert.is(await trail(service).resultSize(), 1);
});

pages('within 48 hours, and not a moment later', async () => {
  const { link } = await handedOver();
  clock.now = new Date('2027-03-13T10:00:00Z');
  assert.match((await guest.get(link)).body, 'not here any more');
  const { status, body } = await guest.post(link, {});
  assert.is(status, 410);
  assert.not.match(body, password);
});

pages('to nobody who guesses, and not from another site', async () => {
  const { link, service } = await handedOver();
  assert.is((await guest.get('/servers/login/guess')).status, 404);
  assert.is((await guest.post('/servers/login/guess', {})).status, 404);
  assert.is((await guest.post(link, {}, { 'Sec-Fetch-Site': 'cross-site' })).status, 403);
  assert.is(await trail(service).resultSize(), 0);
});

pages('to the signed-in customer on their own page, under their name', async () => {
  const { customer, service, own } = await handedOver();
  const user = await aUser(customer);
  const visitor = await signedInVisitor(guest, user);
  assert.not.match((await visitor.get(own)).body, password);
  assert.match((await visitor.post(own, {})).body, password);
  const [entry] = await trail(service);
  assert.equal([entry?.actorKind, entry?.actorName], ['user', user.name]);
  assert.is((await RootPassword.query().findById(service.id))?.shownTo, user.id);
});

pages('to no other customer, and to no guest', async () => {
  const { service, own } = await handedOver();
  const stranger = await signedInVisitor(guest, await aUser(await aCustomer()));
  assert.equal([(await stranger.get(own)).status, (await stranger.post(own, {})).status], [404, 404]);
  assert.is((await guest.get(own)).status, 303);
  assert.is(await trail(service).resultSize(), 0);
});

pages('in the customer’s language', async () => {
  const { link } = await handedOver({ language: 'uk' });
  assert.match((await guest.get(link)).body, 'Показати пароль root');
});

pages.run();
