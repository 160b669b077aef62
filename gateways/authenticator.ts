import { randomBytes, timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';
import { toString as drawn } from 'qrcode';
import { RECOVERY_CODE_BYTES, RECOVERY_CODES, writtenCode } from '../rules/accounts/recovery-codes.js';

/** What authenticator apps on telephones count by: time-based one-time codes (RFC 6238, SHA-1, six digits). */
export interface Authenticator {
  /** 160 bits in base 32, as an app takes it (RFC 4226 §4, R6). */
  newSecret(): string;
  /** The step whose code was typed, if it was one of these. */
  stepOf(code: string, secret: string, steps: readonly number[]): number | undefined;
  /** What an app reads from the picture: `otpauth://totp/…`. */
  addressOf(secret: string, names: { readonly shop: string; readonly person: string }): string;
  /** For the day without the telephone. */
  newRecoveryCodes(): readonly string[];
}

const SECRET_BYTES = 20;
const kind = { algorithm: 'SHA1', digits: 6 } as const; // the one kind that every app knows

/** `draw` gives random bytes. */
export function createAuthenticator(draw: (bytes: number) => Buffer = randomBytes): Authenticator {
  return {
    newSecret: () => new Secret({ buffer: Uint8Array.from(draw(SECRET_BYTES)).buffer }).base32,
    stepOf: (code, secret, steps) => steps.filter((step) => areSame(code, codeOf(secret, step)))[0],
    addressOf: (secret, { shop, person }) =>
      new TOTP({ ...kind, issuer: shop, label: person, secret: Secret.fromBase32(secret) }).toString(),
    newRecoveryCodes: () => Array.from({ length: RECOVERY_CODES }, () => writtenCode(draw(RECOVERY_CODE_BYTES))),
  };
}

/** The code of a step: what the app on the telephone shows. */
export function codeOf(secret: string, step: number): string {
  return HOTP.generate({ ...kind, secret: Secret.fromBase32(secret), counter: step });
}

/** A picture for a camera: black on white in any theme, with the margin that readers need. SVG. */
export function qrPicture(text: string): Promise<string> {
  return drawn(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
}

function areSame(one: string, other: string): boolean {
  return /^[0-9]{6}$/.test(one) && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
