import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configurationNames } from '../../config.js';
import type { MetalPlan } from './metal.js';
import type { Options } from './options.js';
import { type Ports, portsFrom } from './ports.js';
import { type Secrets, secretsOf } from './secrets.js';

export type Environment = Readonly<Record<string, string>>;

/** Which of the outside systems the environment names; none with `--light`. */
export interface RealParts {
  readonly database: boolean;
  readonly temporal: boolean;
  readonly mail: boolean;
  readonly payments: boolean;
  /** Where traffic is kept. */
  readonly metrics: boolean;
}

const stripe = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'];
const temporal = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_TLS', 'TEMPORAL_API_KEY', 'TEMPORAL_UI_URL'];
const influx = ['INFLUX_URL', 'INFLUX_TOKEN', 'INFLUX_ORG', 'INFLUX_BUCKET'];
const ofRealParts = [
  'DATABASE_URL',
  'SMTP_URL',
  'STRIPE_API_URL',
  'STRIPE_SCRIPT_URL',
  ...stripe,
  ...temporal,
  ...influx,
];

export function realParts(env: NodeJS.ProcessEnv, { light }: Pick<Options, 'light'>): RealParts {
  const named = (...names: string[]) => !light && names.some((name) => env[name]);
  return {
    database: named('DATABASE_URL'),
    temporal: named('TEMPORAL_ADDRESS'),
    mail: named('SMTP_URL'),
    payments: named(...stripe),
    metrics: named('INFLUX_URL'),
  };
}

/** All that web and worker are told: what the environment says, and for the rest the embedded parts' addresses. */
export function shopEnvironment(
  env: NodeJS.ProcessEnv,
  { light, ports, secrets, metal }: { light: boolean; ports: Ports; secrets: Secrets; metal?: MetalPlan | undefined },
): Environment {
  const real = realParts(env, { light });
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const embedded = {
    PUBLIC_URL: at(ports.web),
    MAIL_FROM: 'Northquay <hello@northquay.example>',
    SESSION_KEY: secrets.sessionKey,
    LINK_KEY: secrets.linkKey,
    SECRETS_KEY: secrets.secretsKey,
    TEMPORAL_CODEC_SECRET: secrets.codecSecret,
    PROBE_PROXY: at(ports.machines),
    ...(metal && { NETBOOT_URL: metal.netbootUrl, NETBOOT_IMAGES: metal.images }),
    ...(!real.database && {
      DATABASE_URL: `postgres://postgres:${secrets.databasePassword}@127.0.0.1:${ports.postgres}/quartermaster`,
    }),
    ...(!real.temporal && { TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`, TEMPORAL_UI_URL: at(ports.temporalUi) }),
    ...(!real.mail && { SMTP_URL: `smtp://127.0.0.1:${ports.smtp}` }),
    ...(!real.payments && simulatedPayments(at(ports.payments), secrets)),
  };
  const ignored = light ? ofRealParts : [];
  const given = configurationNames
    .filter((name) => env[name] && !ignored.includes(name))
    .map((name) => [name, env[name] ?? '']);
  return {
    ...embedded,
    ...Object.fromEntries(given),
    PORT: String(ports.web),
    COLLECTOR_PORT: String(ports.collector),
  };
}

/** What the shop of a data folder is told, for commands beside it; nothing where the folder holds none. */
export async function environmentOfFolder(
  data: string,
  portBase: number,
  env: NodeJS.ProcessEnv,
): Promise<Partial<Environment>> {
  if (!existsSync(join(data, 'secrets.json'))) return {};
  return shopEnvironment(env, { light: false, ports: portsFrom(portBase), secrets: await secretsOf(data) });
}

function simulatedPayments(address: string, { webhookSecret }: Secrets): Environment {
  return {
    STRIPE_SECRET_KEY: 'sk_test_simulated',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_simulated',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: address,
    STRIPE_SCRIPT_URL: `${address}/v3/`,
  };
}
