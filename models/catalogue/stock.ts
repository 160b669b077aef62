import type { Build } from '../../rules/catalogue/stock.js';
import { Server } from '../servers/server.js';

/** The machines that could be leased at that moment, those built alike together: one statement, however many there are. */
export async function buildsInStock(at: Date, productIds?: readonly string[]): Promise<Build[]> {
  const machines = Server.query()
    .alias('servers')
    .modify('freeAt', at)
    .leftJoin('server_choices as built', 'built.serverId', 'servers.id')
    .groupBy('servers.id')
    .select('servers.productId')
    .select(Server.raw(`array_remove(array_agg(built.choice_id::text ORDER BY built.choice_id), NULL) AS choice_ids`));
  if (productIds) machines.whereIn('servers.productId', productIds);
  return Server.query()
    .with('free', machines)
    .from('free')
    .select('productId', 'choiceIds')
    .count('* as machines')
    .groupBy('productId', 'choiceIds')
    .castTo<Build[]>();
}
