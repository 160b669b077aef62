import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Brand } from '../../../models/accounts/brand.js';
import { TermsDocument } from '../../../models/catalogue/terms-document.js';
import { testApp } from '../../../tests/support/app.js';
import { theBrand } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { failureOf } from '../../../tests/support/failure.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const reading = suite('[CAT-02] the terms');
let database: { close: () => Promise<void> };
let guest: Visitor;
let brand: Brand;

reading.before(async () => {
  database = await openDatabase();
  brand = await theBrand();
  guest = await visit(testApp());
});
reading.after(async () => {
  await guest.leave();
  await database.close();
});

reading('stand under the version that an order names, and the present one under /terms', async () => {
  const { status, location } = await guest.get('/terms');
  assert.equal([status, location], [303, '/terms/12']);
  const { body } = await guest.get('/terms/12', { 'Accept-Language': 'fr' });
  assert.match(body, 'Version 12, en vigueur depuis le 1 octobre 2026.');
  assert.match(body, '<h2>Contrat</h2>');
});

reading('of an older version are still there, as they were', async () => {
  const sections = { en: [{ heading: 'Price', text: 'It was <b>cheap</b>.' }], fr: [], uk: [] };
  await TermsDocument.query().insert({ brandId: brand.id, version: '11', fromOn: '2025-01-01', sections });
  assert.match((await guest.get('/terms/11')).body, 'It was &lt;b&gt;cheap&lt;/b&gt;.');
  assert.match(String(await failureOf(Model.knex()('terms_documents').update({ version: '10' }))), 'never changed');
  assert.is((await guest.get('/terms/13')).status, 404);
});

reading.run();
