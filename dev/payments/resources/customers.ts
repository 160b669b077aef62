import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, noSuch } from '../api/failures.js';
import { dated, page, paging } from '../api/lists.js';
import { papers, parameters, text } from '../api/parameters.js';
import { newId } from '../ids.js';
import type { Customer } from '../state/objects.js';

const details = {
  name: text.optional(),
  email: text.optional(),
  phone: text.optional(),
  description: text.optional(),
  metadata: papers.optional(),
};

export function customerRoutes(api: Api, account: Account): void {
  api.on('POST', '/customers', parameters(details), ({ expand: _, metadata, ...given }) => {
    const customer = account.customers.put({ ...blank(account), ...given, metadata: metadata ?? {} });
    account.tell('customer.created', customer);
    return customer;
  });

  api.on('GET', '/customers', parameters({ ...dated, email: text.optional() }), ({ email, ...at }) =>
    page('/v1/customers', account.customers, at, { where: { email } }),
  );

  api.on('GET', '/customers/:id', parameters({}), (_, { id }) => customerOf(account, id));

  const invoice_settings = parameters({ default_payment_method: text.optional() }).optional();
  api.on('POST', '/customers/:id', parameters({ ...details, invoice_settings }), (given, { id }) => {
    const { expand: _, metadata, invoice_settings: settings, ...changes } = given;
    const before = customerOf(account, id);
    const standard = settings?.default_payment_method;
    if (standard && account.paymentMethods.get(standard)?.customer !== id) throw notTheirs(standard);
    const customer = account.customers.put({
      ...before,
      ...changes,
      metadata: { ...before.metadata, ...metadata },
      invoice_settings: standard
        ? { ...before.invoice_settings, default_payment_method: standard }
        : before.invoice_settings,
    });
    account.tell('customer.updated', customer);
    return customer;
  });

  const listing = parameters({ ...paging, type: text.optional() });
  api.on('GET', '/customers/:id/payment_methods', listing, (at, { id }) => {
    customerOf(account, id);
    return page(`/v1/customers/${id}/payment_methods`, account.paymentMethods, at, { where: { customer: id } });
  });
}

/** The customer, or what Stripe says when there is none: 404 for the path, 400 for a parameter. */
export function customerOf(account: Account, id: string, param?: string): Customer {
  const customer = account.customers.get(id);
  if (!customer) throw noSuch('customer', id, param, param === undefined ? 404 : 400);
  return customer;
}

function notTheirs(id: string) {
  const message = `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`;
  return invalidRequest(message, { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' });
}

function blank(account: Account): Customer {
  return {
    id: newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: account.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } as Customer;
}
