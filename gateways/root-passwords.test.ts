import { verify } from 'unixcrypt';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccessTokens } from './access-tokens.js';
import { drawRootSecret } from './root-passwords.js';

const secrets = suite('[SVC-03] root passwords and their links');

secrets('are readable, long, never the same, and fit their crypt hash', () => {
  const [one, other] = [drawRootSecret(), drawRootSecret()];
  for (const { password, cryptHash } of [one, other]) {
    assert.match(password, /^([A-HJ-NP-Za-km-z2-9]{5}-){3}[A-HJ-NP-Za-km-z2-9]{5}$/);
    assert.match(cryptHash, /^\$6\$/);
    assert.ok(verify(password, cryptHash));
    assert.not.match(cryptHash, password);
  }
  assert.is.not(one.password, other.password);
  assert.is.not(one.cryptHash, other.cryptHash);
});

secrets('are drawn from the whole alphabet, by the source they are given', () => {
  const highest = drawRootSecret((below) => below - 1);
  assert.is(highest.password, '99999-99999-99999-99999');
  assert.equal(
    drawRootSecret(() => 0),
    drawRootSecret(() => 0),
  );
});

secrets('have links that a repeated attempt makes again, and that nobody guesses from another', () => {
  const tokens = createAccessTokens('a key');
  assert.is(tokens.rootPassword('s1'), tokens.rootPassword('s1'));
  const all = [tokens.rootPassword('s1'), tokens.rootPassword('s2'), tokens.installation('s1')];
  assert.is(new Set([...all, createAccessTokens('another key').rootPassword('s1')]).size, 4);
  for (const token of all) assert.match(token, /^[\w-]{43}$/);
});

secrets.run();
