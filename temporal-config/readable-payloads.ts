import type { Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';

/** Payloads as the Temporal UI posts them: proto3 JSON, where bytes are base64. */
const posted = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') }))
    .max(1_000),
});

/** Opens what the UI posts, in the form in which it was posted; nothing when it is not payloads, or not sealed by us. */
export async function readablePayloads(codec: PayloadCodec, body: unknown): Promise<object | undefined> {
  const read = posted.safeParse(body);
  if (!read.success) return undefined;
  const sealed = read.data.payloads.map(({ metadata, data }) => ({
    metadata: mapped(metadata, (text) => new Uint8Array(Buffer.from(text, 'base64'))),
    data: new Uint8Array(Buffer.from(data, 'base64')),
  }));
  const opened = await codec.decode(sealed).catch(() => undefined);
  return opened && { payloads: opened.map(asJson) };
}

function asJson({ metadata, data }: Payload): object {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { metadata: mapped(metadata ?? {}, base64), data: base64(data ?? new Uint8Array()) };
}

function mapped<From, To>(record: Record<string, From>, by: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, by(value)]));
}
