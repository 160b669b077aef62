import type { Request } from 'express';
import { ApiFailure, invalidRequest } from './failures.js';

export type KeyKind = 'secret' | 'publishable';

const GIVE_KEY = 'You did not provide an API key. You need to provide your API key in the Authorization header.';

/** Any test key opens the simulator; a page's calls carry theirs as `key`, as the page script sends it. */
export function keyKindOf(request: Request): KeyKind {
  const key = given(request);
  if (key === undefined) throw new ApiFailure(401, { type: 'invalid_request_error', message: GIVE_KEY });
  if (/^[rs]k_test_\w+$/.test(key)) return 'secret';
  if (/^pk_test_\w+$/.test(key)) return 'publishable';
  throw new ApiFailure(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${masked(key)}` });
}

function given({ headers, query, body }: Request): string | undefined {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString().split(':')[0];
  const key: unknown = query.key ?? body?.key;
  return typeof key === 'string' ? key : undefined;
}

function masked(key: string): string {
  return key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}` : '****';
}

/** Pages may finish what their client secret is for, and nothing else. */
export function secretKeyRequired(): ApiFailure {
  const message = 'This API call cannot be made with a publishable API key. Please use a secret API key.';
  return invalidRequest(message, { code: 'secret_key_required' }, 403);
}
