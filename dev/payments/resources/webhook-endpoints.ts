import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, noSuch } from '../api/failures.js';
import { page, paging } from '../api/lists.js';
import { list, papers, parameters, text } from '../api/parameters.js';
import { newId } from '../ids.js';
import type { WebhookEndpoint } from '../state/objects.js';

export function webhookEndpointRoutes(api: Api, account: Account): void {
  const creation = parameters({
    url: text,
    enabled_events: list,
    description: text.optional(),
    metadata: papers.optional(),
  });
  api.on('POST', '/webhook_endpoints', creation, ({ url, enabled_events, description, metadata }) => {
    if (!URL.canParse(url))
      throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', {
        code: 'url_invalid',
        param: 'url',
      });
    const made = endpoint(account, { id: newId('we'), url, secret: newId('whsec') });
    return account.webhookEndpoints.put({
      ...made,
      enabled_events,
      description: description ?? null,
      metadata: metadata ?? {},
    });
  });

  api.on('GET', '/webhook_endpoints', parameters(paging), (at) =>
    page('/v1/webhook_endpoints', account.webhookEndpoints, at, { shown: unsecret }),
  );

  api.on('GET', '/webhook_endpoints/:id', parameters({}), (_, { id }) => unsecret(endpointOf(account, id)));

  api.on('DELETE', '/webhook_endpoints/:id', parameters({}), (_, { id }) => {
    account.webhookEndpoints.remove(endpointOf(account, id).id);
    return { id, object: 'webhook_endpoint', deleted: true };
  });
}

/** The endpoint that the process was started with; its address may be another after a restart. */
export function putConfiguredEndpoint(account: Account, { url, secret }: { url: string; secret: string }): void {
  account.commit({ requestId: null, key: null }, () => {
    account.webhookEndpoints.put(endpoint(account, { id: 'we_configured', url, secret }));
  });
}

function endpoint(account: Account, given: { id: string; url: string; secret: string }): WebhookEndpoint {
  return {
    ...given,
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created: account.now(),
    description: null,
    enabled_events: ['*'],
    livemode: false,
    metadata: {},
    status: 'enabled',
  };
}

function endpointOf(account: Account, id: string): WebhookEndpoint {
  const found = account.webhookEndpoints.get(id);
  if (!found) throw noSuch('webhook endpoint', id);
  return found;
}

/** The secret is told once, when the endpoint is made. */
function unsecret({ secret: _, ...rest }: WebhookEndpoint): Omit<WebhookEndpoint, 'secret'> & { id: string } {
  return rest as Omit<WebhookEndpoint, 'secret'> & { id: string };
}
