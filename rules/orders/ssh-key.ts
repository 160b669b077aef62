/** RSA below this is broken within reach of a well-funded somebody (NIST SP 800-57, 112 bits). */
const SMALLEST_RSA_BITS = 2048;
const ED25519_BYTES = 32;
/** Of an uncompressed point: its sign and two coordinates. */
const pointBytes: Readonly<Record<string, number>> = { nistp256: 65, nistp384: 97, nistp521: 133 };

export type SshKeyRefusal = 'private' | 'weak' | 'unreadable';

/**
 * One public key as `authorized_keys` has it (RFC 4253, 5656, 8709), without options in front: `{ key }` with single
 * spaces, or why it is refused. What is inside must be what the first word says.
 */
export function readSshKey(typed: string): { readonly key: string } | { readonly refused: SshKeyRefusal } {
  if (/-----BEGIN|PRIVATE KEY/.test(typed)) return { refused: 'private' };
  const [type = '', encoded = '', ...comment] = typed.trim().split(/[ \t]+/);
  if (/\p{Cc}/u.test(comment.join(' ')) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return { refused: 'unreadable' };
  const [named, ...fields] = fieldsOf(Buffer.from(encoded, 'base64')) ?? [];
  if (named?.toString('latin1') !== type) return { refused: 'unreadable' };
  const strength = strengthOf(type, fields);
  if (strength !== 'sound') return { refused: strength };
  return { key: [type, encoded, ...comment].join(' ') };
}

function strengthOf(type: string, fields: readonly Buffer[]): 'sound' | 'weak' | 'unreadable' {
  const [first, second] = fields;
  if (type === 'ssh-ed25519') return fields.length === 1 && first?.length === ED25519_BYTES ? 'sound' : 'unreadable';
  if (!first || !second || fields.length !== 2) return 'unreadable';
  if (type === 'ssh-rsa') return bitsOf(second) >= SMALLEST_RSA_BITS ? 'sound' : 'weak';
  const curve = first.toString('latin1');
  const whole = type === `ecdsa-sha2-${curve}` && second.length === pointBytes[curve] && second[0] === 4;
  return whole ? 'sound' : 'unreadable';
}

/** The length-prefixed strings of the wire format; nothing where they do not fill the blob exactly. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function bitsOf(number: Buffer): number {
  const digits = number.toString('hex').replace(/^0+/, '');
  return digits === '' ? 0 : (digits.length - 1) * 4 + Number.parseInt(digits.slice(0, 1), 16).toString(2).length;
}
