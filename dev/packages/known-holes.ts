/** A published hole of a package, and the first version without it. */
export interface Hole {
  readonly name: string;
  readonly mendedIn: string;
  /** Only copies of this major version and above; earlier lines were mended in versions of their own. */
  readonly since?: string;
  readonly id: string;
  /** Where a copy may stay all the same: who brings it along, and why it does no harm there, with the day of the decision. */
  readonly excused?: { readonly within: string; readonly because: string; readonly on: string };
}

const inTheMailCatcher = {
  within: 'maildev',
  because: 'it catches the letters of a shop on one machine and of tests, sends none, and is asked by us alone',
  on: '2026-11-25',
};

/**
 * Holes that we know of in packages that read what strangers send, draw what they read, or stand between us and others; kept
 * by hand (last on 2026-11-26), for where `npm audit` gets no answer. Each was read of where `docs/security.md` says. It is no
 * proof that there are no others.
 */
export const knownHoles: readonly Hole[] = [
  { name: '@grpc/grpc-js', mendedIn: '1.14.4', id: 'CVE-2026-48068, CVE-2026-48069' },
  { name: 'body-parser', mendedIn: '2.3.0', since: '2.0.0', id: 'CVE-2025-13466, CVE-2026-12590' },
  { name: 'body-parser', mendedIn: '1.20.9', id: 'CVE-2024-45590, CVE-2026-12590, CVE-2026-111181' },
  { name: 'cookie', mendedIn: '0.7.0', id: 'CVE-2024-47764' },
  { name: 'express', mendedIn: '4.20.0', id: 'CVE-2024-43796' },
  { name: 'form-data', mendedIn: '4.0.4', id: 'CVE-2025-7783' },
  { name: 'handlebars', mendedIn: '4.7.9', id: 'CVE-2026-33937, CVE-2026-33938, CVE-2026-33939, CVE-2026-33941' },
  { name: 'knex', mendedIn: '2.4.0', id: 'CVE-2016-20018' },
  { name: 'nodemailer', mendedIn: '9.1.1', id: 'GHSA-p6gq-j5cr-w38f, GHSA-2x7j-588g-ccc2', excused: inTheMailCatcher },
  { name: 'on-headers', mendedIn: '1.1.0', id: 'CVE-2025-7339' },
  { name: 'path-to-regexp', mendedIn: '8.4.0', since: '8.0.0', id: 'CVE-2026-4923, CVE-2026-4926' },
  { name: 'path-to-regexp', mendedIn: '0.1.14', id: 'CVE-2026-4867, CVE-2026-5099', excused: inTheMailCatcher },
  { name: 'protobufjs', mendedIn: '8.0.2', since: '8.0.0', id: 'CVE-2026-41242, CVE-2026-44291' },
  { name: 'protobufjs', mendedIn: '7.5.6', id: 'CVE-2026-41242, CVE-2026-44291' },
  { name: 'qs', mendedIn: '6.16.0', id: 'CVE-2025-15284, CVE-2026-2391, CVE-2026-8723, CVE-2026-82417' },
  { name: 'send', mendedIn: '0.19.0', id: 'CVE-2024-43799' },
  { name: 'ws', mendedIn: '8.21.0', id: 'CVE-2024-37890, CVE-2026-45736, CVE-2026-48779' },
];
