import { presentFrame } from '../presenters/frame.js';
import { presentStops } from '../presenters/staff/stop-words.js';

/** Everything around a page, from what is known of its reader. */
export function frameAround(locals: Express.Locals) {
  const { reader, language, path, brand, user, membership, customer, memberships, staff, waiting, stops = [] } = locals;
  const customers = memberships?.map((held) => held.customer);
  return {
    ...presentFrame({ language, path, brand, waiting, user, role: membership?.role, customer, customers, staff }),
    stops: isOfStops(path) ? [] : presentStops(reader, stops),
  };
}

/** Those pages tell of every stop themselves. */
function isOfStops(path: string): boolean {
  return /^\/staff\/stops(?:[/?]|$)/.test(path);
}
