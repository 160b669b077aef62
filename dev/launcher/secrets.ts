import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthenticator } from '../../gateways/authenticator.js';

export type Secrets = ReturnType<typeof drawn>;

/** Made once for a data folder and kept beside the data, readable by its owner alone. */
export async function secretsOf(data: string): Promise<Secrets> {
  const path = join(data, 'secrets.json');
  const kept = existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Partial<Secrets>) : {};
  const secrets = { ...drawn(), ...kept };
  await writeFile(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secrets;
}

function drawn() {
  return {
    databasePassword: word(),
    sessionKey: word(),
    linkKey: word(),
    secretsKey: randomBytes(32).toString('base64'),
    codecSecret: word(),
    webhookSecret: `whsec_${word()}`,
    demoPasswords: { customer: readable(), staff: readable() },
    /** What the telephones of the demo's staff count by. */
    demoSecondFactor: createAuthenticator().newSecret(),
  };
}

function word(): string {
  return randomBytes(32).toString('base64url');
}

/** For a person to type: 80 bits, in letters that are not taken for one another (Crockford's base 32). */
function readable(): string {
  const letters = '0123456789abcdefghjkmnpqrstvwxyz';
  const drawn = Array.from(randomBytes(16), (byte) => letters[byte % letters.length]).join('');
  return drawn.replace(/(.{4})(?=.)/g, '$1-');
}
