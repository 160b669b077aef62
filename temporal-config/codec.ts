import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';

const { Payload: wire } = proto.temporal.api.common.v1;
const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What workflows carry, sealed with AES-256-GCM by a key derived (HKDF, RFC 5869) from the shop's own; the key's name is sealed in. */
export function createCodec(secretsKey: Buffer, keyId = '1'): PayloadCodec {
  const key = Buffer.from(hkdfSync('sha256', secretsKey, '', `quartermaster payloads ${keyId}`, 32));

  function seal(payload: Payload): Payload {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(keyId));
    const sealed = [iv, cipher.update(wire.encode(payload).finish()), cipher.final(), cipher.getAuthTag()];
    return { metadata: { [METADATA_ENCODING_KEY]: encode(ENCRYPTED), [KEY_ID]: encode(keyId) }, data: joined(sealed) };
  }

  function open(payload: Payload): Payload {
    const { metadata, data } = payload;
    if (metadata?.[METADATA_ENCODING_KEY] === undefined) return payload;
    if (decode(metadata[METADATA_ENCODING_KEY]) !== ENCRYPTED) return payload;
    if (!data || !metadata[KEY_ID] || decode(metadata[KEY_ID]) !== keyId) throw new ValueError('sealed by another key');
    const [iv, sealed, tag] = [data.slice(0, IV_BYTES), data.slice(IV_BYTES, -TAG_BYTES), data.slice(-TAG_BYTES)];
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(keyId)).setAuthTag(tag);
    return wire.decode(joined([decipher.update(sealed), decipher.final()]));
  }

  return {
    encode: async (payloads) => payloads.map(seal),
    decode: async (payloads) => payloads.map(open),
  };
}

function joined(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
