import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** A shop that asks for no outside system by mistake: what has no safe default must be given. */
const url = (...schemes: string[]) =>
  z
    .string()
    .refine((text) => schemes.some((scheme) => URL.canParse(text) && new URL(text).protocol === `${scheme}:`), {
      error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    })
    .transform((text) => text.replace(/\/+$/, ''));
const web = url('http', 'https');
const word = (error: string) => z.string().regex(/\S/, { error });
const longKey = z.string().min(32, { error: 'must be at least 32 characters, drawn at random' });
const longKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine((keys) => keys.every((key) => key.length >= 32), {
    error: 'must be keys of at least 32 characters, with commas between them',
  });
const key32 = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, { error: 'must be 32 bytes in base64 (openssl rand -base64 32)' });
const keys32 = z
  .string()
  .transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
  .refine((keys) => keys.every((key) => key.length === 32), {
    error: 'must be keys of 32 bytes in base64, with commas between them',
  });
const file = word('must be a file');
const port = z.coerce.number({ error: 'must be a port number' }).int().min(1).max(65_535);
const months = z.coerce.number({ error: 'must be a number of months' }).int().min(13, {
  error: 'must be at least 13 months: a bill of a year ago can still be disputed',
});

const networks = z
  .string()
  .transform((text) => text.split(',').map((network) => network.trim()))
  .refine((list) => list.every((network) => ipaddr.isValidCIDR(network)), {
    error: 'must be networks like 10.0.0.0/8',
  });

const environment = z.object({
  DATABASE_URL: url('postgres', 'postgresql'),
  TEMPORAL_ADDRESS: z.string().regex(/^\S+:\d+$/, { error: 'must be host:port' }),
  TEMPORAL_NAMESPACE: word('must be a name').default('default'),
  TEMPORAL_TLS: z.enum(['yes', 'no'], { error: 'must be yes or no' }).optional(),
  TEMPORAL_TLS_CA_FILE: file.optional(),
  TEMPORAL_TLS_CERT_FILE: file.optional(),
  TEMPORAL_TLS_KEY_FILE: file.optional(),
  TEMPORAL_API_KEY: word('must be a key').optional(),
  TEMPORAL_UI_URL: web.optional(),
  TEMPORAL_CODEC_SECRET: longKey.optional(),
  PUBLIC_URL: web,
  HOST: word('must be an address to listen on').default('127.0.0.1'),
  PORT: port.default(3000),
  COLLECTOR_PORT: port.default(3010),
  HEALTH_PORT: port.optional(),
  TRUSTED_PROXIES: word('must be addresses with commas between them').optional(),
  SMTP_URL: url('smtp', 'smtps'),
  MAIL_FROM: word('must be the sender of letters'),
  STRIPE_SECRET_KEY: word('must be the secret key of the Stripe account'),
  STRIPE_PUBLISHABLE_KEY: word('must be the publishable key of the Stripe account'),
  STRIPE_WEBHOOK_SECRET: word('must be the signing secret of the webhook endpoint'),
  STRIPE_API_URL: web.optional(),
  STRIPE_SCRIPT_URL: web.default('https://js.stripe.com/v3/'),
  SESSION_KEY: longKey,
  SESSION_KEY_PREVIOUS: longKeys.default([]),
  LINK_KEY: longKey,
  SECRETS_KEY: key32,
  SECRETS_KEY_PREVIOUS: keys32.default([]),
  NETBOOT_URL: web.optional(),
  NETBOOT_IMAGES: word('must be a folder').optional(),
  NETBOOT_NETWORKS: networks.optional(),
  PROBE_PROXY: url('http').optional(),
  TRAFFIC_RAW_MONTHS: months.default(13),
  INFLUX_URL: web.optional(),
  INFLUX_TOKEN: word('must be a token').default(''),
  INFLUX_ORG: word('must be the name of an organisation').default('quartermaster'),
  INFLUX_BUCKET: word('must be the name of a bucket').default('traffic'),
});

/** Every variable that is read. */
export const configurationNames = Object.keys(environment.shape) as readonly string[];

type Environment = z.infer<typeof environment>;

export type Config = ReturnType<typeof arranged>;

/** What is wrong with the environment, a line a variable. */
export class ConfigurationWrong extends Error {
  override name = 'ConfigurationWrong';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** The whole configuration, or `ConfigurationWrong` with every error at once. An empty variable counts as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  const apart = (['TEMPORAL_TLS_CERT_FILE', 'TEMPORAL_TLS_KEY_FILE'] as const).filter((name) => given[name]);
  if (read.success && apart.length !== 1) return arranged(read.data);
  const halves = apart.length === 1 ? ['TEMPORAL_TLS_CERT_FILE and TEMPORAL_TLS_KEY_FILE go together'] : [];
  const problems = (read.error?.issues ?? []).map(({ path: [name = ''], message }) => {
    return `${String(name)} ${given[String(name)] === undefined ? 'is missing' : message}`;
  });
  throw new ConfigurationWrong([...new Set([...problems, ...halves])]);
}

/** For the processes' own first lines: says what is wrong on standard error and ends with 2. */
export function readConfigOrExit(env: NodeJS.ProcessEnv): Config {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigurationWrong)) throw error;
    console.error(`The configuration is wrong:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`);
    process.exit(2);
  }
}

function arranged(env: Environment) {
  return {
    databaseUrl: env.DATABASE_URL,
    /** What no log may show, as it is written in the environment. */
    secrets: secretsIn(env),
    publicUrl: env.PUBLIC_URL,
    host: env.HOST,
    port: env.PORT,
    /** Where a collector says whether it is well. */
    collectorPort: env.COLLECTOR_PORT,
    /** Where a worker says whether it is well; nowhere where it is absent. */
    healthPort: env.HEALTH_PORT,
    /** Whose word on a visitor's address and host name is taken; without any, only what the connection says counts. */
    trustedProxies: env.TRUSTED_PROXIES,
    sessionKey: env.SESSION_KEY,
    /** Cookies that were signed with these still count; none is signed with them any more. */
    previousSessionKeys: env.SESSION_KEY_PREVIOUS,
    linkKey: env.LINK_KEY,
    secretsKey: env.SECRETS_KEY,
    /** What was sealed under these is still opened; nothing is sealed under them any more. */
    previousSecretsKeys: env.SECRETS_KEY_PREVIOUS,
    /** Where machines that boot over the network reach us. */
    netbootUrl: env.NETBOOT_URL ?? env.PUBLIC_URL,
    /** Folder of installers, a system each; without one, images that name themselves: enough for pretend machines. */
    netbootImages: env.NETBOOT_IMAGES,
    /** Where machines boot; absent: inner networks alone. */
    netbootNetworks: env.NETBOOT_NETWORKS,
    /** Through which freshly installed machines are reached; nothing where the network leads there by itself. */
    probeProxy: env.PROBE_PROXY,
    metrics: {
      /** How long five-minute intervals are kept, in whole months before this one. */
      rawMonths: env.TRAFFIC_RAW_MONTHS,
      /** Absent: traffic is kept in the shop's own database. */
      influx: env.INFLUX_URL
        ? { url: env.INFLUX_URL, token: env.INFLUX_TOKEN, org: env.INFLUX_ORG, bucket: env.INFLUX_BUCKET }
        : undefined,
    },
    mail: { url: env.SMTP_URL, from: env.MAIL_FROM, domain: new URL(env.PUBLIC_URL).hostname },
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      tls: env.TEMPORAL_TLS ? env.TEMPORAL_TLS === 'yes' : speaksTls(env),
      caFile: env.TEMPORAL_TLS_CA_FILE,
      certFile: env.TEMPORAL_TLS_CERT_FILE,
      keyFile: env.TEMPORAL_TLS_KEY_FILE,
      apiKey: env.TEMPORAL_API_KEY,
      uiUrl: env.TEMPORAL_UI_URL,
      codecSecret: env.TEMPORAL_CODEC_SECRET,
    },
    stripe: {
      secretKey: env.STRIPE_SECRET_KEY,
      publishableKey: env.STRIPE_PUBLISHABLE_KEY,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET,
      apiUrl: env.STRIPE_API_URL,
      scriptUrl: env.STRIPE_SCRIPT_URL,
    },
  };
}

function secretsIn(env: Environment): string[] {
  const signIns = [env.DATABASE_URL, env.SMTP_URL].map((address) => decodeURIComponent(new URL(address).password));
  const keys = [env.SECRETS_KEY, ...env.SECRETS_KEY_PREVIOUS].map((key) => key.toString('base64'));
  const { SESSION_KEY, LINK_KEY, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env;
  const maybe = [env.TEMPORAL_API_KEY, env.TEMPORAL_CODEC_SECRET, env.INFLUX_TOKEN].filter(
    (secret) => secret !== undefined,
  );
  const ours = [SESSION_KEY, ...env.SESSION_KEY_PREVIOUS, LINK_KEY];
  return [...signIns, ...keys, ...ours, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, ...maybe];
}

/** A key or a certificate says that there is TLS, where nothing else is said. */
function speaksTls({ TEMPORAL_API_KEY, TEMPORAL_TLS_CA_FILE, TEMPORAL_TLS_CERT_FILE }: Environment): boolean {
  return [TEMPORAL_API_KEY, TEMPORAL_TLS_CA_FILE, TEMPORAL_TLS_CERT_FILE].some((given) => given !== undefined);
}
