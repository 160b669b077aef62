import { createHmac } from 'node:crypto';

/** Tokens that are derived, not drawn, so that a repeated attempt hands out the same one. Only their hashes are stored. */
export interface AccessTokens {
  /** For the machine that is being installed: valid for its own calls only. */
  installation(installationId: string): string;
  /** For the letter that hands a server over: shows its first root password, once. */
  rootPassword(serviceId: string): string;
  /** For the letter by which a person sets a password, once. */
  accountLink(linkId: string): string;
}

/** Whoever has the key can make any of them. */
export function createAccessTokens(linkKey: string): AccessTokens {
  const derived = (subject: string) => createHmac('sha256', linkKey).update(subject).digest('base64url');
  return {
    installation: (installationId) => derived(`installation:${installationId}`),
    rootPassword: (serviceId) => derived(`root-password:${serviceId}`),
    accountLink: (linkId) => derived(`account-link:${linkId}`),
  };
}
