const MOST = 255;
/**
 * Control characters, and those that turn the direction of writing or cannot be seen: a name must not pretend to be
 * another.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/** What a device calls something, made fit to be shown: one line of text. Markup stays what it is: text. */
export function cleanText(octets: Uint8Array): string {
  return decoded(octets).replace(unseen, ' ').replace(/\s+/g, ' ').trim().slice(0, MOST);
}

/** UTF-8 as RFC 2863 wants it; older devices send Latin-1. */
function decoded(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder('latin1').decode(octets);
  }
}
