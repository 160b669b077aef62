import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets at rest: what a stolen copy of the database cannot read without the application's key. */
export interface Sealer {
  seal(secret: string): Buffer;
  /** Throws when it was sealed under another key, or altered. */
  open(sealed: Buffer): string;
  /** The same secret under the key of today; nothing where it is so already. Throws as `open` does. */
  reseal(sealed: Buffer): Buffer | undefined;
}

const NONCE_BYTES = 12; // NIST SP 800-38D §8.2.2
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key of its own, derived from the application's 32 bytes. Laid out as nonce, tag, text. What was
 * sealed under a previous key is opened too.
 */
export function createSealer(applicationKey: Buffer, previous: readonly Buffer[] = []): Sealer {
  const [key = applicationKey, ...older] = [applicationKey, ...previous].map(derived);
  const sealer: Sealer = {
    seal(secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(sealed) {
      const fitting = older.find((each) => fits(sealed, each)); // the tag tells
      return opened(sealed, fitting ?? key);
    },
    reseal(sealed) {
      return fits(sealed, key) ? undefined : sealer.seal(sealer.open(sealed));
    },
  };
  return sealer;
}

function derived(applicationKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', applicationKey, '', 'sealed secrets', 32));
}

function fits(sealed: Buffer, key: Buffer): boolean {
  try {
    opened(sealed, key);
    return true;
  } catch {
    return false;
  }
}

function opened(sealed: Buffer, key: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
}
