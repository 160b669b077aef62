import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { noSuch } from '../api/failures.js';
import { page } from '../api/lists.js';
import { list, paging, parameters, text } from '../api/parameters.js';

export function eventRoutes(api: Api, account: Account): void {
  const listing = parameters({ ...paging, type: text.optional(), types: list.optional() });
  api.on('GET', '/events', listing, ({ type, types, ...at }) => {
    const rows = account.events
      .newestFirst()
      .filter((event) => type === undefined || event.type === type)
      .filter((event) => types === undefined || types.includes(event.type));
    return page('/v1/events', rows, at);
  });

  api.on('GET', '/events/:id', parameters({}), (_, { id }) => {
    const event = account.events.get(id);
    if (!event) throw noSuch('event', id);
    return event;
  });
}
