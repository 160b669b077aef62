import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { Invoice } from '../../../models/billing/invoice.js';
import { periodsOf, quoteOf } from '../../../models/catalogue/configuration.js';
import { offerNamed } from '../../../models/catalogue/offer.js';
import { Order } from '../../../models/orders/order.js';
import { placeOrder, SoldOut } from '../../../models/orders/order-placement.js';
import { soldLine } from '../../../models/orders/sold-line.js';
import { TooManyUnpaid } from '../../../models/orders/unpaid-orders.js';
import { MOST_UNPAID_ORDERS } from '../../../rules/orders/unpaid-orders.js';
import { order as orderProcess } from '../../../workflows/messages/order.js';
import { isUuid, typedText } from '../../forms/fields.js';
import { configurationIn, type OrderWish, type Problem, parseOrder } from '../../forms/orders/order.js';
import { Unprocessable } from '../../middleware/errors.js';
import { type OrderDraft, presentProduct } from '../../presenters/catalogue/product.js';
import {
  documentTexts,
  soldOutNotice,
  sumChangedNotice,
  tooManyUnpaidNotice,
} from '../../presenters/orders/placement.js';
import { type PromiseDeps, startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { offerIn, type ShopWindow, shopWindow } from '../catalogue/shop-window.js';
import { termsOf } from './draft.js';

/** Placing an order. Prices, VAT and stock are the server's own; what the page showed only tells whether they moved. */
export function placementRoutes(deps: PromiseDeps): RouteDeclaration[] {
  async function order(request: PathRequest, response: Response): Promise<void> {
    const typed = typedText(request.body);
    const window = await shopWindow(response, deps.now());
    const offer = await offerNamed(typed.product ?? '', window.terms);
    if (!offer || periodsOf(offer).length === 0) throw new Unprocessable('no such product');
    if (typed.preview) return show(response, window, typed);

    const form = parseOrder(request.body, offer, window.brand.termsVersion);
    if ('problems' in form) return refuse(response.status(422), window, typed, form);
    const { total } = quoteOf(form.value.configuration, window.vat ?? { rateBp: 0 }).today;
    const { quotedTotal } = form.value;
    if (quotedTotal !== undefined && quotedTotal !== String(total.amountMinor)) {
      const notice = sumChangedNotice(response.locals.language, total);
      return refuse(response.status(409), window, typed, { notice });
    }
    await place(request, response, window, form.value);
  }

  async function place(request: PathRequest, response: Response, window: ShopWindow, wish: OrderWish): Promise<void> {
    const { customer, user, language } = response.locals;
    try {
      const placed = await placeOrder({
        customer,
        user,
        brand: window.brand,
        formToken: wish.token,
        line: soldLine(wish.configuration, wish),
        texts: documentTexts(customer.language, wish.configuration),
        acceptedFrom: request.ip ?? '',
        placedAt: deps.now(),
        mostUnpaid: MOST_UNPAID_ORDERS,
      });
      await startPromised(deps, orderProcess, { orderId: placed.id });
      await toPayment(response, placed);
    } catch (error) {
      if (!(error instanceof SoldOut || error instanceof TooManyUnpaid)) throw error;
      const tooMany = error instanceof TooManyUnpaid;
      const notice = tooMany ? tooManyUnpaidNotice(language, MOST_UNPAID_ORDERS) : soldOutNotice(language);
      await refuse(response.status(409), window, typedText(request.body), { notice });
    }
  }

  return [{ method: 'post', path: '/orders', right: { section: 'orders', level: 'manager' }, handle: order }];
}

interface Refusal {
  readonly problems?: readonly Problem[];
  readonly notice?: OrderDraft['notice'];
}

type Typed = Readonly<Record<string, string>>;

/** A form sent a second time may well be wrong by now (its machine is taken: by its own order), and leads to that order. */
async function refuse(response: Response, window: ShopWindow, typed: Typed, refusal: Refusal): Promise<void> {
  const { customer } = response.locals;
  const placed = isUuid(typed.token)
    ? await Order.query().modify('ownedBy', customer).findOne({ formToken: typed.token })
    : undefined;
  await (placed ? toPayment(response, placed) : show(response, window, typed, refusal));
}

/** The page again with all that was typed, and with stock and sum as they are now. */
async function show(response: Response, window: ShopWindow, typed: Typed, refusal: Refusal = {}): Promise<void> {
  const { problems = [], notice } = refusal;
  const offer = await offerIn(window, typed.product ?? '');
  const token = isUuid(typed.token) ? typed.token : randomUUID();
  const told = notice ? { notice } : {};
  const draft = { token, terms: termsOf(window.brand), typed, problems, ...told };
  const page = { vat: window.vat, draft, mayOrder: true };
  const configuration = configurationIn(typed, offer);
  response.render('catalogue/product', presentProduct(response.locals.language, configuration, page));
}

async function toPayment(response: Response, { id }: Order): Promise<void> {
  const { number } = await Invoice.query().findOne({ orderId: id }).throwIfNotFound();
  response.redirect(303, `/invoices/${number}`);
}
