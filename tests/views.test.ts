import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isIcon } from '../api/presenters/icons.js';
import { phraseExists } from './support/phrases.js';

const views = suite('views');

const files = readdirSync('views', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => ({ file, source: readFileSync(join('views', file), 'utf8') }))
  .map(({ file, source }) => ({
    file,
    source: source.replace(/{{!--[\s\S]*?--}}|{{![\s\S]*?}}|<!--[\s\S]*?-->/g, ''),
  }));

/** Names that are the same in every language. */
const names = /Quartermaster|Temporal|IPv4|IPv6|MAC|CSV|PDF|Visa|Mastercard|ID\b/g;

/** What stands between the tags, and in the attributes that are read out or shown, besides what is filled in. */
function wordsIn(source: string): string[] {
  const filled = source.replace(/{{{?[\s\S]*?}?}}/g, '·');
  const shown = [...filled.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(([, text]) => text ?? '');
  const between = filled
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<!?\/?[a-z](?:"[^"]*"|'[^']*'|[^>])*>/gi, '\n')
    .split('\n');
  return [...shown, ...between]
    .map((text) => text.replaceAll(names, '').trim())
    .filter((text) => /\p{L}{2}/u.test(text));
}

views('the search for words finds them, and takes no tag or helper for one', () => {
  const source =
    '<p class="a">Hello {{name}}</p><a href="/x" title="Go">{{t \'a:b\'}}</a>{{#if x}}<b hx-get="y">…</b>{{/if}}';
  assert.equal(wordsIn(source), ['Go', 'Hello ·']);
});

for (const { file, source } of files) {
  views(`${file}: no word stands in it`, () => {
    assert.equal(wordsIn(file.startsWith('partials/field-attributes') ? '' : source), []);
  });

  views(`${file}: its phrases and icons exist`, () => {
    const phrases = [...source.matchAll(/[({]t '([\w-]+:[\w.-]+)'/g)].map(([, key]) => key ?? '');
    assert.equal(
      phrases.filter((key) => !phraseExists(key)),
      [],
    );
    const icons = [...source.matchAll(/{{icon '([\w-]+)'|\bicon='([\w-]+)'/g)].map(
      ([, one, other]) => one ?? other ?? '',
    );
    assert.equal(
      icons.filter((name) => !isIcon(name)),
      [],
    );
  });
}

views('nothing but a layout’s body is written out unescaped', () => {
  const raw = files.filter(({ source }) => source.replace(/{{{body}}}/g, '').includes('{{{'));
  assert.equal(
    raw.map(({ file }) => file),
    [],
  );
});

views('no view is longer than 60 lines', () => {
  const long = files.filter(({ source }) => source.split('\n').length > 61);
  assert.equal(
    long.map(({ file }) => file),
    [],
  );
});

views('every form that is sent carries the session’s token, but those of guests and letters', () => {
  const exempt = /^(services\/cancellation-confirmation|layouts\/plain|partials\/frame\/)/;
  const bare = files.filter(({ file, source }) => {
    const forms = [...source.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)].map(([form]) => form);
    return !exempt.test(file) && forms.some((form) => !form.includes('partials/csrf'));
  });
  assert.equal(
    bare.map(({ file }) => file),
    [],
  );
});

views.run();
