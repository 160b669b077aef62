import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { spoken } from './words.js';

const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };
const files = ['card-form.js', 'card-numbers.js', 'challenge.js', 'frame.css', 'stripe.js'];

/** `/v3/`: the page script where Stripe's own would be, and what its frames load. */
export function scriptFiles(): Router {
  const routes = Router();
  for (const name of files) {
    const file = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
    const text = file.replace("'%WORDS%'", () => JSON.stringify(spoken));
    const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    const paths = name === 'stripe.js' ? ['/', '/stripe.js'] : [`/${name}`];
    routes.get(paths, (_request, response) => {
      response.set({ 'cache-control': 'no-cache', 'access-control-allow-origin': '*' }).type(type).send(text);
    });
  }
  return routes;
}
