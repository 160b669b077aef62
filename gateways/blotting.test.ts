import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blotting } from './blotting.js';

const blots = suite('[OPS] what is blotted out of logs');
const blot = blotting(['hunter2-of-the-database', 'mail "pass"/word', 'x']);

const lines: [written: string, left: string][] = [
  ['connect ECONNREFUSED postgres://shop:s3cr%20et@db:5432/shop', 'connect ECONNREFUSED postgres://…@db:5432/shop'],
  ['smtps://mailer:p4ssword@smtp.example', 'smtps://…@smtp.example'],
  ['the password hunter2-of-the-database is wrong', 'the password … is wrong'],
  ['{"msg":"535 mail \\"pass\\"/word"}', '{"msg":"535 …"}'],
  ['?token=mail%20%22pass%22%2Fword', '?token=…'],
  ['Authorization: Bearer eyJhbGciOi.J9.abc-_', 'Authorization: Bearer …'],
  ['Invalid API Key provided: sk_test_51Habc', 'Invalid API Key provided: …'],
  ['whsec_abcdef and pi_3Abc_secret_xYz', '… and …'],
  ['card 4242 4242 4242 4242 declined', 'card … declined'],
  ['"number":"4000000000000341"', '"number":"…"'],
  ['workflow 0b9c2ba4-1234-4444-8888-123456789012', 'workflow 0b9c2ba4-1234-4444-8888-123456789012'],
  ['took 1795636800001 ns', 'took 1795636800001 ns'],
  ['http://shop.example/orders/NQ-10497', 'http://shop.example/orders/NQ-10497'],
  ['x marks', 'x marks'],
];
for (const [written, left] of lines) {
  blots(written.slice(0, 50), () => {
    assert.is(blot(written), left);
  });
}

blots.run();
