import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { phrase } from '../../../locales/phrases.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import { languages } from '../../../rules/accounts/languages.js';
import { orderStatuses } from '../../../rules/orders/order-status.js';
import { provisioningSteps } from '../../../rules/servers/provisioning-steps.js';
import { nextOf } from './next.js';

const next = suite('[CAT-03] what happens next');

const placedAt = new Date('2026-11-21T13:10Z');

function known(status: string, step?: string, differing: object = {}) {
  const total = { amountMinor: 260_40, currency: 'EUR' };
  const lines = [{ choices: [], system: 'debian-13' }];
  const order = { status, placedAt, expiresAt: new Date('2026-11-28T13:10Z'), total, lines };
  const steps = step ? [{ step, status: 'running', problem: null, ...differing }] : [];
  return { order, steps, withStaff: false } as unknown as OrderProgress;
}

for (const language of languages) {
  const reader = { language, timeZone: 'Europe/Paris' };
  for (const status of orderStatuses) {
    for (const step of [undefined, ...provisioningSteps]) {
      next(`has a sentence in ${language} for an order that is ${status} at ${step ?? 'no step'}`, () => {
        const { text } = nextOf(reader, known(status, step), placedAt);
        assert.ok(text.length > 20);
        assert.not.match(text, /\{\{|undefined|null/);
      });
    }
  }

  next(`tells in ${language} of trouble, and of staff that decides`, () => {
    const plain = nextOf(reader, known('preparing', 'boot'), placedAt);
    const trouble = nextOf(reader, known('preparing', 'boot', { problem: 'didNotStart' }), placedAt);
    const asked = { ...known('preparing', 'boot'), withStaff: true };
    assert.equal([plain.tone, trouble.tone], ['info', 'warn']);
    assert.ok(trouble.text.startsWith(plain.text) && trouble.text.length > plain.text.length);
    assert.not.match(nextOf(reader, asked, placedAt).text, plain.text); // what is usual does not come next
  });

  next(`tells in ${language} of what is given back, and never that it stays`, () => {
    const given = known('preparing', 'boot', { status: 'undone' });
    const byItself = nextOf(reader, given, placedAt).text;
    const byStaff = nextOf(reader, { ...given, withStaff: true }, placedAt).text;
    assert.is(byItself, phrase(language, 'orders:next.undone'));
    assert.is(byStaff, `${byItself} ${phrase(language, 'orders:next.undoneByStaff')}`);
  });

  next(`stops speaking in ${language} of the held machine when its time is over`, () => {
    const held = nextOf(reader, known('awaiting_payment'), placedAt).text;
    const later = nextOf(reader, known('awaiting_payment'), new Date(placedAt.getTime() + 31 * 60_000)).text;
    assert.ok(held.startsWith(later) && held.length > later.length);
  });
}

next.run();
