import express, { type Express } from 'express';
import { z } from 'zod';
import type { Faults } from '../faults.js';
import type { Metal } from '../metal/metal.js';
import type { Machine } from './machine.js';
import { powerState } from './machine-state.js';
import { kinds, steps } from './steps.js';

const fault = z.object({
  step: z.enum(steps),
  kind: z.enum(kinds),
  times: z.number().int().positive().optional(),
  delayMs: z.number().int().positive().optional(),
});

/** What no real machine offers: a look inside, and misbehaviour to order. Secrets are left out. */
export function controlOf(machines: readonly Machine[], faults: Faults, metal?: Metal): Express {
  const app = express();
  app.use(express.json());
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true, machines: machines.length });
  });
  app.get('/_sim/machines', (_request, response) => {
    response.json(machines.map(show));
  });
  app.get('/_sim/metal', (_request, response) => {
    if (metal) response.json(metal.state());
    else response.status(404).json({ error: 'there is no machine but pretend ones' });
  });
  app.param('id', (_request, response, next, id: string) => {
    response.locals.machine = machines.find(({ known }) => known.id === id);
    if (response.locals.machine) next();
    else response.status(404).json({ error: `there is no machine ${id}` });
  });
  app.get('/_sim/machines/:id', (_request, response) => {
    response.json(show(response.locals.machine));
  });
  app.post('/_sim/machines/:id/faults', ({ params, body }, response) => {
    const { data, error } = fault.safeParse(body);
    if (!data) {
      response.status(422).json({ error: z.prettifyError(error) });
      return;
    }
    faults.set(params.id, data);
    response.status(201).json(faults.of(params.id));
  });
  app.delete('/_sim/machines/:id/faults', ({ params }, response) => {
    faults.clear(params.id);
    response.status(204).end();
  });
  return app;

  function show({ known, state }: Machine) {
    const { password: _password, ...papers } = known;
    const { stage, console, boot, starts = 0, installation, disk, log } = state;
    const { tell: _tell, ...installed } = disk ?? {};
    const power = powerState(state);
    const doing = { stage, power, console, boot, starts, percent: installation?.percent };
    return { ...papers, ...doing, disk: disk && installed, faults: faults.of(known.id), log };
  }
}
