import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { changesOf, subjectOf, whoOf } from './audit-words.js';

const words = suite('[SET-08] words of the audit trail');
const entry = (subjectType: string, before: object | null, after: object) =>
  ({ subjectType, before, after }) as unknown as AuditEntry;

for (const [subjectType, before, after, said] of [
  ['service', { status: 'preparing' }, { status: 'active' }, 'état: En préparation → En service'],
  ['server', { status: 'in_service' }, { status: 'quarantined' }, 'état: En service → En quarantaine'],
  ['service', null, { command: 'cycle' }, 'commande: undefined → redémarrer'],
  [
    'invoice',
    { heldUntil: null },
    { heldUntil: '2026-12-03T23:00:00.000Z' },
    'suspendu jusqu’au: – → 4 déc. 2026, 00:00',
  ],
  ['invoice', null, { receivedOn: '2026-11-25' }, 'reçu le: undefined → 25 nov. 2026'],
  ['invoice', null, { reference: '2026-99-99T00:00:00Z' }, 'référence: undefined → 2026-99-99T00:00:00Z'],
  ['order', null, { termsVersion: 12 }, 'conditions, version: undefined → 12'],
  ['order', null, { aFieldOfLongAgo: 'so' }, 'aFieldOfLongAgo: undefined → so'],
] as const) {
  words(`[SET-08] ${JSON.stringify(after)} of ${subjectType} reads “${said}”`, () => {
    const changes = changesOf({ language: 'fr', timeZone: 'Europe/Paris' }, entry(subjectType, before, after));
    assert.equal(
      changes.map((change) => `${change.field}: ${change.before} → ${change.after}`),
      [said],
    );
  });
}

words('[SET-08] a process goes by its name in lists, a person by theirs', () => {
  assert.is(whoOf('en', { actorKind: 'process', actorName: 'serverProvisioning' }), 'Provisioning');
  assert.is(whoOf('en', { actorKind: 'process', actorName: 'ofLongAgo' }), 'ofLongAgo');
  assert.is(whoOf('en', { actorKind: 'staff', actorName: 'order' }), 'order');
});

words(
  '[SET-08] what concerns the whole shop goes by a word of the reader, everything else by its number or name',
  () => {
    const of = (subjectType: string, subjectId: string, names = new Map<string, string>()) =>
      subjectOf('fr', { subjectType, subjectId }, names);
    assert.is(of('retry_schedule', 'failed payments'), 'paiements échoués');
    assert.is(of('stop', 'mails'), 'E-mails');
    assert.is(of('stop', 'of_long_ago'), 'of_long_ago');
    assert.is(of('invoice', 'NQ-2026-000001'), 'NQ-2026-000001');
    assert.is(of('user', 'u1', new Map([['u1', 'Élodie']])), 'Élodie');
  },
);

words.run();
