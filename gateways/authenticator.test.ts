import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stepAt } from '../rules/accounts/one-time-code.js';
import { codeOf, createAuthenticator, qrPicture } from './authenticator.js';

const authenticator = suite('[IAM-05] authenticator apps');
const { newSecret, stepOf, addressOf } = createAuthenticator((bytes) =>
  Buffer.from('12345678901234567890').subarray(0, bytes),
);

/** RFC 6238, appendix B, the last six of its eight digits. */
const published: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
];
for (const [seconds, code] of published) {
  authenticator(`at ${seconds} the code is ${code}`, () => {
    assert.is(codeOf(newSecret(), stepAt(new Date(seconds * 1_000))), code);
  });
}

authenticator('finds the step of a code among those asked for', () => {
  const secret = newSecret();
  assert.is(stepOf(codeOf(secret, 41), secret, [40, 41, 42]), 41);
  assert.is(stepOf(codeOf(secret, 43), secret, [40, 41, 42]), undefined);
  for (const odd of ['', '28708', '2870822', '２８７０８２']) assert.is(stepOf(odd, secret, [1]), undefined);
});

authenticator('says whose code it is, in a picture that a camera reads', async () => {
  const address = addressOf(newSecret(), { shop: 'Northquay', person: 'élodie@haut-jura.example' });
  assert.match(
    address,
    'otpauth://totp/Northquay:%C3%A9lodie%40haut-jura.example?issuer=Northquay&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  );
  assert.match(await qrPicture(address), /^<svg [^>]*viewBox/);
});

authenticator('draws another secret each time', () => {
  const { newSecret: drawn } = createAuthenticator();
  assert.is.not(drawn(), drawn());
  assert.match(drawn(), /^[A-Z2-7]{32}$/);
});

authenticator.run();
