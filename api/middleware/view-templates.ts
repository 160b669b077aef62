import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { t } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';
import { asset, concat, csrfToken, has, icon } from './view-helpers.js';
import { type Program, settle } from './view-settling.js';

export const viewsFolder = join(import.meta.dirname, '../../views');

/** Helpers whose answer depends on nothing but their words and the language. */
const settled = { t, icon, asset };
const helpers = { ...settled, csrfToken, concat, has };

/** A name that is no helper is a value, which need not be found out at each of them; lines of partials stay as they are written. */
const compilerOptions: CompileOptions = {
  knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
  knownHelpersOnly: true,
  preventIndent: true,
};

export type Draw = (name: string, values: object) => string;

/** Reads all views once; each is compiled when it is first drawn in a language, with what it says in it already written out. */
export function gatherViews(): (language: Language) => Draw {
  const files = readdirSync(viewsFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
  const read = (file: string) => readFileSync(join(viewsFolder, file), 'utf8').trim();
  const sources = new Map(files.map((file) => [nameOf(join(viewsFolder, file)), read(file)]));
  const draws = new Map<Language, Draw>();
  return (language) => {
    const draw = draws.get(language) ?? drawIn(language, sources);
    draws.set(language, draw);
    return draw;
  };
}

function drawIn(language: Language, sources: ReadonlyMap<string, string>): Draw {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);
  const parsed = (name: string): Program => handlebars.parse(sources.get(name) ?? '');
  const said = (helper: string, given: readonly unknown[], hash: object) => settledIn(language, helper, given, hash);
  const templates = new Map<string, HandlebarsTemplateDelegate>();
  const compiled = (name: string) => {
    const known =
      templates.get(name) ?? handlebars.compile(settle(parsed(name), { said, partial: parsed }), compilerOptions);
    templates.set(name, known);
    return known;
  };
  for (const name of sources.keys()) handlebars.registerPartial(name, (...given) => compiled(name)(...given));
  return (name, values) => {
    if (!sources.has(name)) throw new Error(`there is no view "${name}"`);
    return compiled(name)(values);
  };
}

function settledIn(language: Language, helper: string, given: readonly unknown[], hash: object): unknown {
  const help = Object.entries(settled).find(([name]) => name === helper)?.[1] as Handlebars.HelperDelegate | undefined;
  return help?.(...given, { name: helper, hash, data: { root: { language } } });
}

/** The name by which a view is drawn and included: its path, without its ending. */
export function nameOf(file: string): string {
  return relative(viewsFolder, file).replace(/\.hbs$/, '');
}
