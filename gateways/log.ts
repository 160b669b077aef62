import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

/** What may stand beside a message and must never be written down, however deep it hides. */
const secret = ['password', 'secret', 'token', 'authorization', 'cookie', 'key', 'clientSecret', 'apiKey'];
const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Lines of JSON on standard output, each with its process's name; where they go from there is the operator's choice. */
export function createLog(name: string): Log {
  const level = process.env.LOG_LEVEL || 'info';
  return pino({ name, level, base: { name }, timestamp: stdTimeFunctions.isoTime, redact: { paths, censor: '…' } });
}
