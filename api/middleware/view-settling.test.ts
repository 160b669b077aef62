import Handlebars from 'handlebars';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { settle } from './view-settling.js';

const settling = suite('settling a view');

const partials: Readonly<Record<string, string>> = {
  'partials/mark': '<i>{{say "mark"}} {{name}}</i>',
  'partials/tree': '<li>{{name}}{{#each below}}{{> partials/tree}}{{/each}}</li>',
  'partials/box': '<div>{{label}}{{> @partial-block}}</div>',
};
const values = { name: '<Zoë>', below: [{ name: 'a', below: [{ name: 'b' }] }], other: { name: 'other' } };

/** What a view draws, and which words were asked for while it was drawn. */
function drawn(view: string, settled: boolean): { text: string; asked: string[] } {
  const asked: string[] = [];
  const handlebars = Handlebars.create();
  handlebars.registerHelper('say', (word: string, { hash }: Handlebars.HelperOptions) => {
    asked.push(word);
    return `${word}${hash.loud ? '!' : ''} & more`;
  });
  const by = {
    said: (helper: string, [word]: readonly unknown[], hash: Readonly<Record<string, unknown>>) =>
      helper === 'say' ? `${word}${hash.loud ? '!' : ''} & more` : undefined,
    partial: (name: string) => handlebars.parse(partials[name] ?? ''),
  };
  const compiled = (source: string) => {
    const program = handlebars.parse(source);
    return handlebars.compile(settled ? settle(program, by) : program, { preventIndent: true });
  };
  for (const [name, source] of Object.entries(partials)) handlebars.registerPartial(name, compiled(source));
  return { text: compiled(view)(values), asked };
}

const cases: readonly (readonly [what: string, view: string, stillAsked: number])[] = [
  ['words in the text', '<p title="{{say "a"}}">{{{say "b"}}} {{name}}</p>', 0],
  ['words with more words', '{{say "a" loud="yes"}}', 0],
  ['words only known when it is drawn', '{{say name}} {{say "a" loud=name}}', 2],
  ['words handed on', '{{#if (say "a")}}{{> partials/mark name=(say "b")}}{{/if}}', 0],
  [
    'words in every branch',
    '{{#each below}}{{say "a"}}{{else}}{{say "b"}}{{/each}}{{#unless name}}{{say "c"}}{{/unless}}',
    0,
  ],
  ['a partial that is given nothing', '<div>\n  {{> partials/mark}}\n</div>', 0],
  ['a partial that is given something', '{{> partials/mark other}}{{#each below}}{{> partials/mark}}{{/each}}', 0],
  ['a partial with a block', '{{#> partials/box label="x"}}{{say "a"}}{{> partials/mark}}{{/partials/box}}', 0],
  ['a partial within itself', '{{> partials/tree}}', 0],
];
for (const [what, view, stillAsked] of cases) {
  settling(`draws the same with ${what}`, () => {
    const settled = drawn(view, true);
    assert.is(settled.text, drawn(view, false).text);
    assert.is(settled.asked.length, stillAsked);
  });
}

settling.run();
