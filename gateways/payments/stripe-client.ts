import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Stripe from 'stripe';

export interface StripeAccess {
  readonly secretKey: string;
  /** Where Stripe is played by somebody else; absent for Stripe itself. */
  readonly apiUrl?: string;
  /** How long one call may take before its outcome is unknown. */
  readonly patienceMs?: number;
}

export const STRIPE_API = 'https://api.stripe.com';

/** One call is one request: whether and when to ask again is for the process that asked. */
export function stripeClient({ secretKey, apiUrl = STRIPE_API, patienceMs = 10_000 }: StripeAccess): Stripe {
  const { hostname, port, protocol } = new URL(apiUrl);
  const secure = protocol === 'https:';
  // A kept connection may be closed by the other side just as it is used: that would read as an unknown outcome.
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  return new Stripe(secretKey, {
    host: hostname,
    port: port || (secure ? 443 : 80),
    protocol: secure ? 'https' : 'http',
    timeout: patienceMs,
    maxNetworkRetries: 0,
    httpClient: onceOnly(Stripe.createNodeHttpClient(agent)),
    telemetry: false,
  });
}

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/** After a closed connection the package asks once more by itself, retries off or not, told by the error's code: so the code goes. */
function onceOnly(client: HttpClient): HttpClient {
  const makeRequest: HttpClient['makeRequest'] = (...request) =>
    client.makeRequest(...request).catch((error: unknown) => {
      const timedOut = (error as { code?: string }).code === Stripe.HttpClient.TIMEOUT_ERROR_CODE;
      throw timedOut ? error : new Error('the connection broke', { cause: error });
    });
  return Object.assign(Object.create(client) as HttpClient, { makeRequest });
}
