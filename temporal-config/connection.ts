import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { createCodec } from './codec.js';

export interface ClusterSettings {
  readonly address: string;
  readonly namespace: string;
  readonly tls: boolean;
  readonly apiKey?: string | undefined;
  /** Files in PEM: whose certificates are trusted, and with which one we show who we are. */
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** How payloads and failures are written on the wire, the same for clients, workers and replays. */
export function dataConverter(secretsKey: Buffer, previous: readonly Buffer[] = []): DataConverter {
  return {
    payloadCodecs: [createCodec(secretsKey, previous)],
    failureConverterPath: fileURLToPath(new URL(`./failure-converter${extensionHere}`, import.meta.url)),
  };
}

const extensionHere = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** What `Connection` and `NativeConnection` both take. */
export function connectionOptions({ address, tls, apiKey, caFile, certFile, keyFile }: ClusterSettings) {
  const ca = caFile && { serverRootCACertificate: readFileSync(caFile) };
  const pair = certFile && keyFile && { clientCertPair: { crt: readFileSync(certFile), key: readFileSync(keyFile) } };
  const secured = ca || pair ? { ...ca, ...pair } : tls;
  return { address, tls: tls && secured, ...(apiKey === undefined ? {} : { apiKey }) };
}

/** A client that connects at its first question, so that the web starts while the cluster is away. */
export function lazyClient(settings: ClusterSettings, secretsKey: Buffer, previous: readonly Buffer[] = []): Client {
  const connection = Connection.lazy(connectionOptions(settings));
  return new Client({ connection, namespace: settings.namespace, dataConverter: dataConverter(secretsKey, previous) });
}
