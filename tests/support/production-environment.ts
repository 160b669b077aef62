import { randomBytes } from 'node:crypto';

const drawn = () => `seeded-${randomBytes(16).toString('hex')}`;

/** All that a process of ours must be told, outside systems that are not there. Every secret is one that is found again wherever it is printed. */
export function productionEnvironment(differing: Record<string, string> = {}): Record<string, string> {
  return {
    DATABASE_URL: `postgres://shop:${drawn()}@127.0.0.1:1/shop`,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TEMPORAL_API_KEY: drawn(),
    TEMPORAL_TLS: 'no',
    TEMPORAL_UI_URL: 'http://127.0.0.1:1',
    TEMPORAL_CODEC_SECRET: drawn(),
    PUBLIC_URL: 'http://shop.example',
    SMTP_URL: `smtp://mailer:${drawn()}@127.0.0.1:1`,
    MAIL_FROM: 'Shop <shop@example.org>',
    STRIPE_SECRET_KEY: `sk_test_${drawn()}`,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
    STRIPE_WEBHOOK_SECRET: `whsec_${drawn()}`,
    STRIPE_API_URL: 'http://127.0.0.1:1',
    SESSION_KEY: drawn(),
    LINK_KEY: drawn(),
    SECRETS_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'trace',
    ...differing,
  };
}
