import { type Logger, pino, stdTimeFunctions } from 'pino';
import { blotting } from './blotting.js';

export type Log = Logger;

/** What may stand beside a message and must never be written down, however deep it hides. */
const secret = ['password', 'secret', 'token', 'authorization', 'cookie', 'key', 'clientSecret', 'apiKey'];
const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * Lines of JSON on standard output, each with its process's name; where they go from there is the operator's choice.
 * `secrets` are the configuration's own: they are blotted out wherever an error's text carries them.
 */
export function createLog(name: string, secrets: readonly string[] = []): Log {
  const level = process.env.LOG_LEVEL || 'info';
  const hooks = { streamWrite: blotting(secrets) };
  return pino({
    name,
    level,
    base: { name },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths, censor: '…' },
    hooks,
  });
}
