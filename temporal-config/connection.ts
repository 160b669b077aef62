import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { createCodec } from './codec.js';

export interface ClusterSettings {
  readonly address: string;
  readonly namespace: string;
  readonly tls: boolean;
  readonly apiKey?: string | undefined;
}

/** How payloads and failures are written on the wire, the same for clients, workers and replays. */
export function dataConverter(secretsKey: Buffer): DataConverter {
  return {
    payloadCodecs: [createCodec(secretsKey)],
    failureConverterPath: fileURLToPath(new URL(`./failure-converter${extensionHere}`, import.meta.url)),
  };
}

const extensionHere = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** What `Connection` and `NativeConnection` both take. */
export function connectionOptions({ address, tls, apiKey }: ClusterSettings) {
  return { address, tls, ...(apiKey === undefined ? {} : { apiKey }) };
}

/** A client that connects at its first question, so that the web starts while the cluster is away. */
export function lazyClient(settings: ClusterSettings, secretsKey: Buffer): Client {
  const connection = Connection.lazy(connectionOptions(settings));
  return new Client({ connection, namespace: settings.namespace, dataConverter: dataConverter(secretsKey) });
}
