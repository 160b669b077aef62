import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';

const { Payload: wire } = proto.temporal.api.common.v1;
const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** How the keys below are derived. Which of the shop's own keys was meant, the tag tells. */
const DERIVATION = '1';

/**
 * What workflows carry, sealed with AES-256-GCM by a key derived (HKDF, RFC 5869) from the shop's own; how it was derived is
 * sealed in. What was sealed under a previous key is opened too: runs outlive keys.
 */
export function createCodec(secretsKey: Buffer, previous: readonly Buffer[] = []): PayloadCodec {
  const [key = secretsKey, ...older] = [secretsKey, ...previous].map(derived);

  function seal(payload: Payload): Payload {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(DERIVATION));
    const sealed = [iv, cipher.update(wire.encode(payload).finish()), cipher.final(), cipher.getAuthTag()];
    const metadata = { [METADATA_ENCODING_KEY]: encode(ENCRYPTED), [KEY_ID]: encode(DERIVATION) };
    return { metadata, data: joined(sealed) };
  }

  function open(payload: Payload): Payload {
    const { metadata, data } = payload;
    if (metadata?.[METADATA_ENCODING_KEY] === undefined) return payload;
    if (decode(metadata[METADATA_ENCODING_KEY]) !== ENCRYPTED) return payload;
    if (!data || !metadata[KEY_ID] || decode(metadata[KEY_ID]) !== DERIVATION)
      throw new ValueError('sealed in another way');
    for (const each of [key, ...older]) {
      const bytes = opened(data, each);
      if (bytes) return wire.decode(bytes);
    }
    throw new ValueError('sealed by another key, or altered');
  }

  return {
    encode: async (payloads) => payloads.map(seal),
    decode: async (payloads) => payloads.map(open),
  };
}

function derived(secretsKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secretsKey, '', `quartermaster payloads ${DERIVATION}`, 32));
}

/** Nothing where another key sealed it. */
function opened(data: Uint8Array, key: Buffer): Uint8Array | undefined {
  const [iv, sealed, tag] = [data.slice(0, IV_BYTES), data.slice(IV_BYTES, -TAG_BYTES), data.slice(-TAG_BYTES)];
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(DERIVATION)).setAuthTag(tag);
    return joined([decipher.update(sealed), decipher.final()]);
  } catch {
    return undefined;
  }
}

function joined(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
