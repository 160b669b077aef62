import { phrase } from '../../../locales/phrases.js';
import type { ServiceFacts } from '../../../models/services/service-facts.js';
import { cancellationNext } from '../cancellation.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { presentStory } from '../timeline.js';
import { presentFacts } from './facts.js';
import { servicePill } from './words.js';

/** What somebody typed into the form for the name, and that it cannot be one. */
export interface RefusedName {
  readonly typed: string;
}

/** A server's page. */
export function presentServer(reader: Reader, known: ServiceFacts, refused?: RefusedName) {
  const { service, order, cancellation, story, lease } = known;
  const { status, slug, name } = service;
  const say = (key: string, values = {}) => phrase(reader.language, `servers:page.${key}`, values);
  const endsOn = cancellation?.endsOn ?? null;
  const site = lease?.server.rack.site;
  const product = service.orderLine?.productName ?? service.hostName;
  const since = service.activeAt && day(reader, service.activeAt.toISOString().slice(0, 10)).text;
  const address = `/servers/${slug}`;
  const wrong = refused && say('rename.wrong');
  return {
    title: name,
    crumbs: [{ label: say('crumb'), address: '/servers' }],
    pill: isTakenDown(known) ? pill(reader.language, 'service', 'ending') : servicePill(reader, service, endsOn),
    sub:
      site && since ? say('sub', { product, place: `${site.city} ${site.code}`, since }) : say('subNew', { product }),
    address,
    unfinished: status === 'preparing' || status === 'ordered',
    login: status === 'active' ? `${address}/login-data` : undefined,
    traffic: status === 'ended' ? `${address}/traffic` : undefined,
    follow: order && (status === 'ordered' || status === 'preparing') ? `/orders/${order.number}` : undefined,
    cancellation: status === 'active' && {
      address: `/services/${slug}/cancellation`,
      label: say(cancellation ? 'cancelled' : 'cancel'),
    },
    facts: presentFacts(reader, known),
    next: nextOf(reader, known),
    entries: presentStory(reader, story),
    errors: wrong ? [{ field: 'name', text: wrong }] : undefined,
    rename: { action: `${address}/name`, value: refused?.typed ?? name, wrong },
  };
}

/** Said where something is being waited for, or is over. */
function nextOf(reader: Reader, known: ServiceFacts) {
  const { service, cancellation } = known;
  const { status, suspendedAt } = service;
  const say = (key: string, values = {}) => phrase(reader.language, `servers:page.next.${key}`, values);
  if (status !== 'active') return { tone: status === 'preparing' ? 'info' : 'idle', text: say(status) };
  if (cancellation && isTakenDown(known)) return cancellationNext(reader, cancellation);
  if (suspendedAt) return { tone: 'bad', text: say('suspended') };
  if (!cancellation?.endsOn) return undefined;
  return { tone: 'warn', text: say('ending', { day: day(reader, cancellation.endsOn).text }) };
}

/** From then on its data and its day are past; that it is suspended is but the first step of it. */
function isTakenDown({ service, cancellation }: ServiceFacts): boolean {
  return service.status === 'active' && (cancellation?.status === 'ending' || cancellation?.status === 'resting');
}
