import type { Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';

/** Bytes, as protobuf's JSON writes them. */
const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const sealed = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), bytes).nullish(), data: bytes.nullish() })),
});

/**
 * What a remote codec of the Temporal UI does with a request: payloads as JSON in, readable ones out. Nothing comes back
 * for what is no list of payloads, or was sealed by another key.
 */
export function createPayloadReader(codec: PayloadCodec): (body: unknown) => Promise<object | undefined> {
  return async (body) => {
    const parsed = sealed.safeParse(body);
    if (!parsed.success) return undefined;
    const payloads = parsed.data.payloads.map(({ metadata, data }) => ({
      metadata: metadata ?? null,
      data: data ?? null,
    }));
    const opened = await codec.decode(payloads).catch(() => undefined);
    return opened && { payloads: opened.map(written) };
  };
}

function written({ metadata, data }: Payload) {
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(named), data: base64(data) };
}

function base64(value: Uint8Array | null | undefined): string {
  return Buffer.from(value ?? []).toString('base64');
}
