/** A name to sign in with besides the e-mail address: never mistaken for one, and typed alike on every keyboard. */
export function isLoginName(text: string): boolean {
  return /^[A-Za-z0-9._-]{8,64}$/.test(text);
}
