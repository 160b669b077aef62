import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formsOf, linksOf, readText, textsOf } from './html.js';

const reading = suite('reading pages');

const page = `
<form action="/search"><input name="q" type="search"></form>
<form class="order" method="post" action="/orders?a=1&amp;b=2">
  <input type="hidden" name="_csrf" value="to&quot;ken">
  <input type="radio" name="period" value="1"> <input type="radio" name="period" value="12" checked>
  <label><input type="radio" name="system" value="debian"></label><input type="radio" name="system" value="ubuntu">
  <input type="radio" name="sold-out" value="x" disabled>
  <select name="memory"><option value="">Choose</option><option value="64" selected>64 GB</option></select>
  <select name="disk"><option disabled>none</option><option>2 TB</option></select>
  <textarea name="note" required>
Д &lt;3</textarea>
  <input name="host" required value=""> <input type="checkbox" name="terms" required> <input type="checkbox" name="news">
  <button type="submit" name="go" value="1">Order</button>
</form>`;

reading('finds forms and fills them with what they hold', () => {
  const [search, order] = formsOf(page);
  assert.equal([search?.method, search?.fields], ['get', []]);
  assert.equal([order?.method, order?.action], ['post', '/orders?a=1&b=2']);
  assert.equal(Object.fromEntries(order?.fields ?? []), {
    _csrf: 'to"ken',
    period: '12',
    system: 'debian',
    memory: '64',
    disk: '2 TB',
    note: 'Д <3',
    host: '',
    terms: 'on',
  });
  assert.equal(order?.empty, ['host']);
});

reading('finds links and sentences', () => {
  assert.equal(linksOf('<a class="x" href="/catalogue/quay-m4">More</a> <a name="y">'), ['/catalogue/quay-m4']);
  const entries = '<ol><li><p>It is <b>paid</b>.</p></li><li><p>L&#x2019;ordre &amp; co</p></li></ol>';
  assert.equal(textsOf(entries, /<li\b[^>]*>(.*?)<\/li>/gs), ['It is paid.', 'L’ordre & co']);
  assert.is(readText('a&nbsp;b'), 'a b');
});

reading.run();
