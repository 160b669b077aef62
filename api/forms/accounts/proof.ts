import { text, typedPassword, typedText } from '../fields.js';

/** The password and the code by which somebody signed in proves who they are; what cannot be either is nothing. */
export function parseProof(body: unknown): { readonly password: string; readonly code: string } {
  const { current = '', code = '' } = typedText(body);
  return {
    password: typedPassword.safeParse(current).data ?? '',
    code: (text({ max: 60 }).safeParse(code).data ?? '').replaceAll(/\s/g, ''),
  };
}
