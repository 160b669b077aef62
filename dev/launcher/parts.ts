import { join } from 'node:path';
import { keptBundle } from '../../temporal-config/bundle-cache.js';
import type { Environment } from './environment.js';
import type { MetalPlan } from './metal.js';
import { nothingToStop, type Part } from './part.js';
import type { ShopPlan } from './plan.js';
import type { Ports } from './ports.js';
import { postgresPart } from './postgres-part.js';
import { answersHttp, finished, modest, product, program, typescript } from './program.js';
import { temporalPart } from './temporal-part.js';

const web = modest('api/server.ts');
const polling = modest('collectors/collector.ts');

const at = (port: number) => `http://127.0.0.1:${port}`;

/** Every part of the shop in the order in which people think of them, what each waits for, and how one knows that it is there. */
export function shopParts(plan: ShopPlan): Part[] {
  const { real, environment, ports } = plan;
  return [
    real.database ? found('database', withoutPassword(environment.DATABASE_URL ?? '')) : postgresPart(plan),
    real.temporal ? found('workflows', environment.TEMPORAL_ADDRESS ?? '') : temporalPart(plan),
    real.payments ? found('card payments', environment.STRIPE_API_URL ?? 'https://api.stripe.com') : payments(plan),
    real.mail ? found('mail', withoutPassword(environment.SMTP_URL ?? '')) : mail(plan),
    real.metrics ? found('traffic store', environment.INFLUX_URL ?? '') : trafficInDatabase,
    demoData(plan),
    trafficHistory(plan),
    bundle(plan),
    machines(plan),
    ...(plan.metal ? [found('machine in QEMU', `ipmi://127.0.0.1:${ports.bmc}`)] : []),
    switches(plan),
    program({
      name: 'worker',
      after: ['demo shop', 'workflows', 'workflow bundle'],
      command: product('activities/worker.ts'),
      env: { ...environment, ...detour(plan), QM_BUNDLE_CACHE: plan.bundleCache },
      tellsWhenReady: true,
      stopsWithinMs: 40_000,
    }),
    collector(plan),
    program({
      name: 'shop',
      url: environment.PUBLIC_URL ?? at(ports.web),
      ports: [{ port: ports.web }],
      after: ['demo shop'],
      command: web.command,
      env: { ...environment, ...web.env },
      ready: () => answersHttp(`${at(ports.web)}/readyz`),
    }),
  ];
}

function detour({ workerThrough: port, environment }: ShopPlan): Environment {
  if (port === undefined) return {};
  const database = new URL(environment.DATABASE_URL ?? '');
  database.port = String(port + 1);
  return { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, DATABASE_URL: database.href };
}

/** Without InfluxDB the shop's own database keeps traffic. */
const trafficInDatabase: Part = {
  name: 'traffic store',
  kind: 'embedded',
  url: 'in the database',
  after: ['database'],
  start: async () => nothingToStop,
};

function payments({ data, ports, environment }: ShopPlan): Part {
  const webhooks = `${environment.PUBLIC_URL}/webhooks/stripe`;
  const [folder, port] = [join(data, 'payments'), String(ports.payments)];
  return program({
    name: 'card payments',
    url: at(ports.payments),
    ports: [{ port: ports.payments }],
    after: [],
    command: typescript('dev/payments/main.ts', '--data', folder, '--port', port, '--webhook-url', webhooks),
    env: { STRIPE_WEBHOOK_SECRET: environment.STRIPE_WEBHOOK_SECRET ?? '' },
    ready: () => answersHttp(`${at(ports.payments)}/healthz`),
  });
}

function mail({ data, ports }: ShopPlan): Part {
  const smtp = ['-s', String(ports.smtp), '--ip', '127.0.0.1'];
  const web = ['-w', String(ports.mail), '--web-ip', '127.0.0.1', '--mail-directory', join(data, 'mail')];
  return program({
    name: 'mail',
    url: at(ports.mail),
    ports: [{ port: ports.smtp }, { port: ports.mail }],
    after: [],
    command: [process.execPath, 'node_modules/maildev/bin/maildev', ...smtp, ...web],
    ready: () => answersHttp(`${at(ports.mail)}/healthz`),
  });
}

function demoData({ prepareData }: ShopPlan): Part {
  const start = async () => {
    await prepareData();
    return nothingToStop;
  };
  return { name: 'demo shop', kind: 'embedded', after: ['database'], start };
}

/** Nobody waits for it: it is written while the rest starts. */
function trafficHistory({ prepareTraffic }: ShopPlan): Part {
  const start = async () => {
    await prepareTraffic();
    return nothingToStop;
  };
  return { name: 'traffic history', kind: 'embedded', after: ['demo shop'], start };
}

/** Made while other parts start, since it takes seconds; the worker finds it in the cache. */
function bundle({ bundleCache }: ShopPlan): Part {
  const env = { QM_BUNDLE_CACHE: bundleCache };
  const bundling = finished({ command: typescript('dev/launcher/bundle.ts'), env });
  const start: Part['start'] = async ({ log }) => {
    if (!keptBundle(bundleCache).there) await bundling(log);
    return nothingToStop;
  };
  return { name: 'workflow bundle', kind: 'embedded', after: [], start };
}

function machines({ data, ports, environment, metal }: ShopPlan): Part {
  const list = ['--machines', join(data, 'machines.json'), '--data', join(data, 'machines')];
  const netboot = ['--netboot-url', environment.NETBOOT_URL ?? environment.PUBLIC_URL ?? at(ports.web)];
  const cables = ['--port', String(ports.machines), '--switches', at(ports.switches)];
  return program({
    name: 'machines',
    url: `${at(ports.machines)}/redfish/v1/`,
    ports: [{ port: ports.machines }, ...(metal ? metalPorts(ports) : [])],
    after: ['demo shop'],
    command: typescript(
      'dev/machines/main.ts',
      ...list,
      ...netboot,
      ...cables,
      ...(metal ? metalWords(metal, data, ports) : []),
    ),
    ready: () => answersHttp(`${at(ports.machines)}/redfish/v1/`),
  });
}

const metalPorts = ({ bmc, console }: Ports) => [{ port: bmc, protocol: 'udp' as const }, { port: console }];

function metalWords({ netbootUrl, images, cache }: MetalPlan, data: string, { bmc, console }: Ports): string[] {
  const listening = ['--bmc-port', String(bmc), '--console-port', String(console)];
  const installer = ['--metal-netboot-url', netbootUrl, '--images', images, '--cache', cache];
  return ['--metal', join(data, 'metal.json'), ...listening, ...installer];
}

function switches({ data, ports }: ShopPlan): Part {
  const list = ['--switches', join(data, 'switches.json'), '--data', join(data, 'switches')];
  const listening = ['--snmp-port', String(ports.snmp), '--control-port', String(ports.switches)];
  return program({
    name: 'switches',
    url: `snmp://127.0.0.1:${ports.snmp}`,
    ports: [{ port: ports.snmp, protocol: 'udp' }, { port: ports.switches }],
    after: ['demo shop'],
    command: typescript('dev/switches/main.ts', ...list, ...listening),
    ready: () => answersHttp(at(ports.switches)),
  });
}

/** Reads the switches each minute; that they are there is not for it to wait for. */
function collector({ ports, environment }: ShopPlan): Part {
  return program({
    name: 'traffic collector',
    url: `${at(ports.collector)}/readyz`,
    ports: [{ port: ports.collector }],
    after: ['demo shop'],
    command: polling.command,
    env: { ...environment, ...polling.env },
    ready: () => answersHttp(`${at(ports.collector)}/readyz`),
  });
}

/** A part of the world: it is asked when the shop needs it, and is not ours to stop. */
function found(name: string, url: string): Part {
  return { name, kind: 'real', url, after: [], start: async () => nothingToStop };
}

function withoutPassword(url: string): string {
  return url.replace(/:\/\/[^@/]*@/, '://');
}
