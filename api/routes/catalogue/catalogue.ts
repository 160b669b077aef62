import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { allOffers } from '../../../models/catalogue/offer.js';
import { memberMay } from '../../../rules/accounts/customer-rights.js';
import { typedText } from '../../forms/fields.js';
import { configurationIn } from '../../forms/orders/order.js';
import { presentCatalogue } from '../../presenters/catalogue/cards.js';
import { presentProduct } from '../../presenters/catalogue/product.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { emptyDraft } from '../orders/draft.js';
import { offerIn, shopWindow } from './shop-window.js';

export interface CatalogueDeps {
  readonly now: () => Date;
}

/** What there is to buy, for everybody; who may order finds the form on the product's page. */
export function catalogueRoutes({ now }: CatalogueDeps): RouteDeclaration[] {
  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { terms } = await shopWindow(response, now());
    const said = typedText(query);
    const words = (said.q ?? '')
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 100);
    const wish = { query: words, category: said.category ?? '', months: Number(said.period) };
    response.render('catalogue/index', presentCatalogue(response.locals.language, await allOffers(terms), wish));
  }

  async function productPage({ params, query }: PathRequest, response: Response) {
    const { language, user, membership } = response.locals;
    const window = await shopWindow(response, now());
    const offer = await offerIn(window, params.slug ?? '');
    const configuration = configurationIn(typedText(query), offer);
    const mayOrder = membership !== undefined && memberMay(membership.role, 'orders', 'manager');
    const draft = mayOrder ? emptyDraft(window.brand, user, randomUUID()) : undefined;
    return presentProduct(language, configuration, { vat: window.vat, draft, mayOrder });
  }

  return [
    { method: 'get', path: '/catalogue', right: 'anyone', handle: list },
    {
      method: 'get',
      path: '/catalogue/:slug',
      right: 'anyone',
      handle: async (request, response) => response.render('catalogue/product', await productPage(request, response)),
    },
    {
      method: 'get',
      path: '/catalogue/:slug/summary',
      right: 'anyone',
      handle: async (request, response) => response.render('catalogue/summary', await productPage(request, response)),
    },
  ];
}
