import type { Brand } from '../../../models/accounts/brand.js';
import type { User } from '../../../models/accounts/user.js';
import type { OrderDraft } from '../../presenters/catalogue/product.js';

/** The form as it is first seen: whoever sits there is whom we would call. */
export function emptyDraft(brand: Brand, { name, email }: User, token: string): OrderDraft {
  return { token, terms: termsOf(brand), typed: { contact: `${name}, ${email}` }, problems: [] };
}

export function termsOf({ termsVersion, termsFromOn }: Brand): OrderDraft['terms'] {
  return { version: termsVersion, fromOn: termsFromOn };
}
