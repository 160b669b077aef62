import express, { type Express } from 'express';
import { z } from 'zod';
import type { Faults } from '../faults.js';
import { type Device, isOperational, type Port } from './device.js';

const octets = z.number().min(0).max(1e15);
const traffic = z.object({ inOctets: octets, outOctets: octets });
const cable = z.object({ cabled: z.boolean() });
const fault = z.object({
  step: z.enum(['request', 'set']),
  kind: z.enum(['silent', 'answer_lost', 'slow', 'circles', 'refuses', 'busy', 'lies']),
  times: z.number().int().positive().optional(),
  delayMs: z.number().int().positive().optional(),
});

class Unknown extends Error {}

/** What no real switch offers: cables pulled, frames counted, misbehaviour ordered. */
export function controlOf(devices: ReadonlyMap<string, { device: Device; port: number }>, faults: Faults): Express {
  const app = express();
  app.use(express.json());
  app.get('/healthz', (_request, response) => response.json({ ok: true, switches: devices.size }));
  app.get('/_sim/switches', (_request, response) => response.json([...devices.values()].map(show)));

  const onPort = '/_sim/switches/:name/ports/:ifIndex';
  app.get(onPort, ({ params }, response) => response.json(showPort(...portAt(params))));
  app.post(`${onPort}/traffic`, ({ params, body }, response) => {
    const [device, port] = portAt(params);
    const { inOctets, outOctets } = traffic.parse(body);
    device.count(port, inOctets, outOctets);
    response.json(showPort(device, port));
  });
  app.post(`${onPort}/cable`, ({ params, body }, response) => {
    const [device, port] = portAt(params);
    const { cabled } = cable.parse(body);
    device.change(() => {
      port.cabled = cabled;
    });
    response.json(showPort(device, port));
  });

  app.post('/_sim/switches/:name/faults', ({ params, body }, response) => {
    faults.set(deviceAt(params.name).name, fault.parse(body));
    response.status(201).json(faults.of(params.name));
  });
  app.delete('/_sim/switches/:name/faults', ({ params }, response) => {
    faults.clear(params.name);
    response.status(204).end();
  });
  app.post('/_sim/switches/:name/restart', ({ params }, response) => {
    deviceAt(params.name).restart();
    response.status(204).end();
  });
  app.use(((error: Error, _request, response, _next) => {
    response.status(error instanceof Unknown ? 404 : 422).json({ error: error.message });
  }) satisfies express.ErrorRequestHandler);
  return app;

  function deviceAt(name: string): Device {
    const device = devices.get(name)?.device;
    if (!device) throw new Unknown(`there is no switch ${name}`);
    return device;
  }

  function portAt({ name, ifIndex }: { name: string; ifIndex: string }): [Device, Port] {
    const device = deviceAt(name);
    const port = device.port(Number(ifIndex));
    if (!port) throw new Unknown(`${name} has no port ${ifIndex}`);
    return [device, port];
  }

  function show({ device, port }: { device: Device; port: number }) {
    const { name, ports, vlans } = device;
    const shown = ports.map((each) => showPort(device, each));
    return { name, snmpPort: port, upTime: device.upTime(), faults: faults.of(name), vlans, ports: shown };
  }
}

function showPort(device: Device, port: Port) {
  return {
    ...port,
    operational: isOperational(port),
    carries: device.carries(port),
    untaggedIn: device.untaggedIn(port),
  };
}
