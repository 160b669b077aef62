import express from 'express';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Visitor, visit } from '../tests/support/visitor.js';
import { declaredRoutes, mount, type RouteDeclaration } from './routing.js';

const routing = suite('[IAM-02] routes and their rights');
const noGuard = () => [];

function aRoute(differing: object = {}): RouteDeclaration {
  return {
    method: 'get',
    path: '/things/:name',
    right: 'anyone',
    handle: (request, response) => response.send(request.params.name),
    ...differing,
  };
}

const wrong: [what: string, right: unknown][] = [
  ['no right', undefined],
  ['an empty one', {}],
  ['a word that is none', 'everyone'],
  ['an unknown section', { section: 'secrets', level: 'visitor' }],
  ['a section without a level', { section: 'orders' }],
  ['the level of nobody', { section: 'orders', level: 'none' }],
  ['an unknown staff right', { staff: 'everything' }],
  ['an unknown token', { token: 'trust-me' }],
];
for (const [what, right] of wrong) {
  routing(`a route with ${what} does not start`, () => {
    assert.throws(
      () => mount(express(), [aRoute({ right })], noGuard),
      /GET \/things\/:name does not say who may use it/,
    );
  });
}

routing('nor does one that stands twice', () => {
  assert.throws(() => mount(express(), [aRoute(), aRoute()], noGuard), /declared twice/);
});

routing('tests can read what is declared', () => {
  const app = express();
  mount(app, [aRoute(), aRoute({ method: 'post' })], noGuard);
  assert.equal(
    declaredRoutes(app).map(({ method }) => method),
    ['get', 'post'],
  );
});

routing('an address with control characters names nothing, and no guard is asked', async () => {
  const app = express();
  mount(app, [aRoute()], () => [() => assert.unreachable()]);
  app.use(((_error, _request, response, _next) => response.sendStatus(404)) as express.ErrorRequestHandler);
  const visitor: Visitor = await visit(app);
  assert.is((await visitor.get('/things/a%00b')).status, 404);
  await visitor.leave();
});

routing.run();
