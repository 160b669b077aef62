/** An answer that is an error, in Stripe's words. https://docs.stripe.com/api/errors */
export class ApiFailure extends Error {
  override name = 'ApiFailure';

  constructor(
    readonly status: number,
    readonly error: ApiError,
  ) {
    super(error.message);
  }
}

export interface ApiError {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly [more: string]: unknown;
}

export function invalidRequest(
  message: string,
  more: { code?: string; param?: string } = {},
  status = 400,
): ApiFailure {
  const { code } = more;
  return new ApiFailure(status, {
    type: 'invalid_request_error',
    message,
    ...more,
    ...(code === undefined ? {} : { doc_url: docUrl(code) }),
  });
}

export function noSuch(what: string, id: string, param = 'id', status = 404): ApiFailure {
  return invalidRequest(`No such ${what}: '${id}'`, { code: 'resource_missing', param }, status);
}

export function unexpectedState(kind: 'payment' | 'setup', status: string, verb: string): ApiFailure {
  const message = `You cannot ${verb} this ${kind === 'payment' ? 'PaymentIntent' : 'SetupIntent'} because it has a status of ${status}.`;
  return invalidRequest(message, { code: `${kind}_intent_unexpected_state` });
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}
