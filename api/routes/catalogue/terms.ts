import type { Response } from 'express';
import { TermsDocument } from '../../../models/catalogue/terms-document.js';
import { presentTerms } from '../../presenters/catalogue/terms.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { shopWindow } from './shop-window.js';

/** What is accepted with an order, each version under an address of its own, for everybody. */
export function termsRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  return [
    {
      method: 'get',
      path: '/terms',
      right: 'anyone',
      handle: async (_request, response) => {
        const { brand } = await shopWindow(response, now());
        response.redirect(303, `/terms/${encodeURIComponent(brand.termsVersion)}`);
      },
    },
    {
      method: 'get',
      path: '/terms/:version',
      right: 'anyone',
      handle: async ({ params }: PathRequest, response: Response) => {
        const { brand } = await shopWindow(response, now());
        const document = await TermsDocument.query()
          .modify('of', brand, params.version ?? '')
          .first()
          .throwIfNotFound();
        response.render('catalogue/terms', presentTerms(response.locals.language, document));
      },
    },
  ];
}
