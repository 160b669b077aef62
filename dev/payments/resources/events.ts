import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { noSuch } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { list, parameters, text } from '../api/parameters.js';
import type { Event } from '../state/objects.js';

export function eventRoutes(api: Api, account: Account): void {
  const listing = parameters({ ...dated, type: text.optional(), types: list.optional() });
  api.on('GET', '/events', listing, ({ type, types, ...at }) => {
    const keep = (event: Event) => types === undefined || types.includes(event.type);
    return page('/v1/events', account.events, at, { where: { type }, keep });
  });

  api.on('GET', '/events/:id', parameters({}), (_, { id }) => {
    const event = account.events.get(id);
    if (!event) throw noSuch('event', id);
    return event;
  });
}
