import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unknowableHash } from '../../gateways/passwords.js';
import { PasswordReset } from '../../models/accounts/password-reset.js';
import { makeUser } from '../../models/accounts/welcome.js';
import { accountLetter } from '../../workflows/messages/account-letter.js';
import { passwordReset } from '../../workflows/messages/password-reset.js';
import { linkIn } from '../support/account-letters.js';
import { openShop, type Shop } from '../support/shop.js';

const letters = suite('[IAM-01] [IAM-03] letters about accounts, day by day');
let shop: Shop;

letters.before(async () => {
  shop = await openShop();
});
letters.before.each(async () => {
  shop.mailbox.letters.length = 0;
  await Model.knex().raw('TRUNCATE sign_in_attempts');
});
letters.after(async () => {
  await shop.close();
});

const deed = () => ({ actorKind: 'staff', actorName: 'Oksana', happenedAt: shop.now() }) as const;

async function aNewUser(email: string) {
  const user = { name: 'Élodie Marchand', email, language: 'fr', timeZone: 'Europe/Paris' } as const;
  return makeUser(shop.customer, { user, unknowable: await unknowableHash() }, deed());
}

letters('a mail server that rests for a day loses no welcome', async () => {
  shop.breakDown('sendAccountLetter'); //                    day 0: the user is made
  const { letterId } = await aNewUser('elodie@example.org');
  await shop.processes.start(accountLetter, { letterId });
  await shop.pass('24 hours'); //                            day 1: still nothing
  assert.equal(shop.mailbox.letters, []);
  shop.mend('sendAccountLetter');
  shop.dieAfter('sendAccountLetter'); //                     it leaves, and the worker dies before it can say so
  await shop.pass('1 hours');
  assert.equal(shop.mailbox.subjects(), ['Bienvenue chez Northquay : choisissez votre mot de passe']);
  const [letter] = shop.mailbox.letters;
  await shop.pass('46 hours'); //                            day 3, two days after it left, an hour early: the link still opens
  assert.is((await shop.visitor.get(linkIn(letter ?? { text: '' }))).status, 200);
  await shop.pass('2 hours');
  assert.is((await shop.visitor.get(linkIn(letter ?? { text: '' }))).status, 410);
  await shop.keep(accountLetter, { letterId }, 'account-letter-sent');
});

letters('a mailbox that refuses for good is not written to again', async () => {
  shop.mailbox.refuses = true;
  const { letterId } = await aNewUser('nowhere@example.org');
  await shop.processes.start(accountLetter, { letterId });
  await shop.pass('1 hours');
  shop.mailbox.refuses = false;
  await shop.pass('24 hours');
  assert.equal(shop.mailbox.letters, []);
});

letters('asked on the page, a reset reaches whoever has the name, and nobody who has not', async () => {
  await aNewUser('mathieu@example.org');
  for (const name of ['mathieu@example.org', 'nobody@example.org']) {
    assert.is((await shop.visitor.post('/password-reset', { name })).status, 200);
    await shop.pass('1 hours');
  }
  assert.equal(
    shop.mailbox.letters.map(({ to }) => to),
    ['mathieu@example.org'],
  );
  const [known, unknown] = await PasswordReset.query().orderBy('askedAt');
  await shop.keep(passwordReset, { resetId: known?.id ?? '' }, 'password-reset-sent');
  await shop.keep(passwordReset, { resetId: unknown?.id ?? '' }, 'password-reset-nobody');
});

letters.run();
