import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Membership } from '../../../models/accounts/membership.js';
import { testApp } from '../../../tests/support/app.js';
import { aBrowser } from '../../../tests/support/browser-without-scripts.js';
import { aCustomer, aService, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const preferences = suite('[IAM-02] language and customer');
let database: { close: () => Promise<void> };
let guest: Visitor;

preferences.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp());
});
preferences.after(async () => {
  await guest.leave();
  await database.close();
});

preferences('a guest reads what the browser asks for, or the language last chosen', async () => {
  assert.match((await guest.get('/sign-in', { 'Accept-Language': 'de, fr;q=0.8' })).body, '<html lang="fr">');
  assert.match((await guest.get('/sign-in', { 'Accept-Language': 'de' })).body, '<html lang="en">');
  const browser = aBrowser(guest);
  const { status, location } = await browser.post('/language', { language: 'uk', back: '/sign-in' });
  assert.equal([status, location], [303, '/sign-in']);
  assert.match((await browser.get('/sign-in', { 'Accept-Language': 'fr' })).body, '<html lang="uk">');
});

preferences('somebody signed in takes the choice along', async () => {
  const user = await aUser(await aCustomer());
  const visitor = await signedInVisitor(guest, user);
  await visitor.post('/language', { language: 'fr', back: '/?a=b' });
  assert.is((await user.$query()).language, 'fr');
  assert.match((await visitor.get('/')).body, '<html lang="fr">');
});

preferences('whoever sends no token changes nobody’s language but the cookie’s', async () => {
  const user = await aUser(await aCustomer());
  const visitor = await signedInVisitor(guest, user);
  assert.is((await visitor.post('/language', { language: 'fr' }, { 'X-CSRF-Token': '' })).status, 303);
  assert.is((await user.$query()).language, 'en');
});

for (const body of ['language=de', 'language=__proto__', 'language=fr&language=uk', ''] as const) {
  preferences(`“${body}” is no language`, async () => {
    assert.is((await aBrowser(guest).send('/language', body)).status, 422);
  });
}

preferences('leads back to our own pages only', async () => {
  const { location } = await aBrowser(guest).post('/language', { language: 'uk', back: 'https://evil.example/' });
  assert.is(location, '/');
});

preferences('a user of two customers acts for one, then for the other, and sees the things of that one', async () => {
  const [first, second] = [await aCustomer({ name: 'A first' }), await aCustomer({ name: 'B second' })];
  const user = await aUser(first);
  await Membership.query().insert({ userId: user.id, customerId: second.id, role: 'owner' });
  const [own, others] = [await aService(first), await aService(second)];
  const visitor = await signedInVisitor(guest, user);
  const sees = async () => {
    const pages = await Promise.all([own, others].map(({ slug }) => visitor.get(`/services/${slug}/cancellation`)));
    return pages.map(({ status }) => status);
  };
  assert.equal(await sees(), [200, 404]);
  assert.is((await visitor.post('/customer', { customer: second.id })).location, '/');
  assert.equal(await sees(), [404, 200]);
});

preferences('nobody acts for a customer who is not theirs', async () => {
  const visitor = await signedInVisitor(guest, await aUser(await aCustomer()));
  const stranger = await aCustomer();
  for (const customer of [stranger.id, 'nonsense', '']) {
    assert.is((await visitor.post('/customer', { customer })).status, 422);
  }
});

preferences.run();
