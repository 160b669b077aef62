import type { Request, RequestHandler } from 'express';
import { Brand } from '../../models/accounts/brand.js';

/** What pages say of the shop. */
export interface BrandOnPage {
  readonly name: string;
  readonly accent: string;
  /** The company that sells, and where it sits. */
  readonly seller: string;
}

const KEPT_MS = 60_000;
/** Before the first brand was read, and on the page for addresses that do not exist, which reads nothing. */
const unread: BrandOnPage = { name: 'Quartermaster', accent: '#2f47d0', seller: '' };

/** The brand of the host that was asked for, read at most once a minute: brands are few and change seldom. */
export function createBrands(now: () => Date): { known: RequestHandler; read: RequestHandler } {
  let brands: readonly Brand[] = [];
  let readAt = 0;

  const onPage = ({ hostname }: Request): BrandOnPage => {
    const brand = brands.find(({ host }) => host === hostname) ?? brands[0];
    if (!brand) return unread;
    const { name, accent, legalEntity } = brand;
    return { name, accent, seller: `${legalEntity.name}, ${legalEntity.city}` };
  };

  return {
    known: (request, response, next) => {
      response.locals.brand = onPage(request);
      next();
    },
    read: async (request, response, next) => {
      if (brands.length === 0 || now().getTime() - readAt > KEPT_MS) {
        brands = await Brand.query().withGraphFetched('legalEntity').orderBy('host');
        readAt = now().getTime();
      }
      response.locals.brand = onPage(request);
      next();
    },
  };
}
