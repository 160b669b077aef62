import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSshKey, type SshKeyRefusal } from './ssh-key.js';

const keys = suite('[CAT-02] SSH keys');

const wire = (...fields: (string | Buffer)[]) =>
  Buffer.concat(
    fields.map((field) => {
      const bytes = Buffer.from(field as string);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    }),
  ).toString('base64');
const part = (key: KeyObject, name: 'n' | 'e' | 'x' | 'y') =>
  Buffer.from(String(key.export({ format: 'jwk' })[name]), 'base64url');

function rsa(modulusLength: number): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return `ssh-rsa ${wire('ssh-rsa', part(publicKey, 'e'), Buffer.concat([Buffer.of(0), part(publicKey, 'n')]))}`;
}

function ecdsa(curve: string): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: `P-${curve.slice(5)}` });
  const point = Buffer.concat([Buffer.of(4), part(publicKey, 'x'), part(publicKey, 'y')]);
  return `ecdsa-sha2-${curve} ${wire(`ecdsa-sha2-${curve}`, curve, point)}`;
}

const ed25519 = `ssh-ed25519 ${wire('ssh-ed25519', part(generateKeyPairSync('ed25519').publicKey, 'x'))}`;

const sound: [name: string, typed: string, kept: string][] = [
  ['Ed25519', ed25519, ed25519],
  ['Ed25519 with a comment', `  ${ed25519}\t élodie@portable du bureau \n`, `${ed25519} élodie@portable du bureau`],
  ...(['nistp256', 'nistp384', 'nistp521'] as const).map((curve): [string, string, string] => {
    const key = ecdsa(curve);
    return [`ECDSA ${curve}`, key, key];
  }),
];
const rsa2048 = rsa(2048);
sound.push(['RSA of 2,048 bits', rsa2048, rsa2048]);

for (const [name, typed, kept] of sound) {
  keys(`${name} is taken`, () => assert.equal(readSshKey(typed), { key: kept }));
}

const refused: [name: string, typed: string, why: SshKeyRefusal][] = [
  ['RSA of 1,024 bits', rsa(1024), 'weak'],
  ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz', 'private'],
  ['DSA', `ssh-dss ${wire('ssh-dss', 'p', 'q', 'g', 'y')}`, 'unreadable'],
  ['one type outside, another inside', ed25519.replace('ssh-ed25519', 'ssh-rsa'), 'unreadable'],
  ['a key cut off', ed25519.slice(0, -8), 'unreadable'],
  ['options in front', `command="sh" ${ed25519}`, 'unreadable'],
  ['two keys', `${ed25519} a\n${ed25519} b`, 'unreadable'],
  ['words', 'my key', 'unreadable'],
  ['nothing', '', 'unreadable'],
  ['a length that lies', `ssh-ed25519 ${Buffer.from('ffffffff61', 'hex').toString('base64')}`, 'unreadable'],
  ['an exponent for a modulus', `ssh-rsa ${wire('ssh-rsa', Buffer.of(1, 0, 1), Buffer.of(0))}`, 'weak'],
];

for (const [name, typed, why] of refused) {
  keys(`${name} is refused`, () => assert.equal(readSshKey(typed), { refused: why }));
}

keys.run();
