import { phrase } from '../../../locales/phrases.js';
import type { AddressAssignment } from '../../../models/network/address-assignment.js';
import type { Service } from '../../../models/services/service.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { primaryAddress } from '../../../rules/network/host-addresses.js';
import { serverCrumbs } from './words.js';

interface LoginData {
  readonly service: Service;
  readonly held: readonly AddressAssignment[];
  readonly state: 'waiting' | 'shown' | 'gone';
  readonly password?: string | undefined;
  /** The signed-in customer's own page, with a way back to the server's. */
  readonly own: boolean;
}

/** How to sign in to a server for the first time, with the password or with what became of it. */
export function presentLoginData(language: Language, { service, held, state, password, own }: LoginData) {
  const say = (key: string) => phrase(language, `servers:rootPassword.${key}`, { server: service.name });
  const address = primaryAddress(held) ?? service.hostName;
  return {
    title: say('title'),
    crumbs: own ? serverCrumbs(language, service) : [],
    waiting: state === 'waiting',
    shown: state === 'shown',
    gone: state === 'gone',
    own,
    facts: [
      { label: say('host'), value: service.hostName, mono: true },
      { label: say('address'), value: address, mono: true },
      { label: say('user'), value: 'root', mono: true },
      ...(password === undefined ? [] : [{ label: say('password'), value: password, mono: true }]),
    ],
    command: `ssh root@${address}`,
  };
}
