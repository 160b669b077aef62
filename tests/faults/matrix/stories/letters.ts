import * as assert from 'uvu/assert';
import { unknowableHash } from '../../../../gateways/passwords.js';
import { PasswordReset } from '../../../../models/accounts/password-reset.js';
import { makeUser } from '../../../../models/accounts/welcome.js';
import { accountLetter } from '../../../../workflows/messages/account-letter.js';
import { passwordReset } from '../../../../workflows/messages/password-reset.js';
import { aCustomer, aUser } from '../../../support/builders.js';
import type { House } from '../house/house.js';
import { cellsOf, conflictCellOf, type Story } from './story.js';

interface Written {
  readonly id: string;
  readonly email: string;
}

let made = 0;

const welcome: Story<Written> = {
  process: 'accountLetter',
  way: 'a new person is welcomed',
  features: ['WFL-01', 'WFL-06'],
  groups: ['F1', 'F13'],
  steps: ['sendAccountLetter'],
  workflowId: ({ id }) => accountLetter.workflowId({ letterId: id }),
  async arrange(house) {
    const email = `welcome-${++made}@example.org`;
    const user = { name: 'Élodie Marchand', email, language: 'fr', timeZone: 'Europe/Paris' } as const;
    const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: await house.clock.now() } as const;
    const { letterId } = await makeUser(await aCustomer(), { user, unknowable: await unknowableHash() }, deed);
    return { id: letterId, email };
  },
  async tell(house, { id: letterId, email }) {
    await house.start(accountLetter, { letterId });
    assert.equal((await house.ended(accountLetter, { letterId })).result, { delivered: true });
    return assertOneLetter(house, email);
  },
};

const reset: Story<Written> = {
  ...welcome,
  process: 'passwordReset',
  way: 'somebody forgot their password',
  steps: ['openPasswordReset', 'sendAccountLetter'],
  workflowId: ({ id }) => passwordReset.workflowId({ resetId: id }),
  async arrange(house) {
    const { email } = await aUser(await aCustomer());
    const asked = { personKind: 'user', name: email, address: '192.0.2.7', askedAt: await house.clock.now() } as const;
    return { id: await PasswordReset.ask(asked), email };
  },
  async tell(house, { id: resetId, email }) {
    await house.start(passwordReset, { resetId });
    assert.equal((await house.ended(passwordReset, { resetId })).result, { delivered: true });
    return assertOneLetter(house, email);
  },
};

export const letterCells = [...[welcome, reset].flatMap(cellsOf), conflictCellOf(reset)];

function assertOneLetter({ mailbox }: House, email: string): string {
  assert.is(mailbox.letters.filter(({ to }) => to === email).length, 1);
  return 'one letter';
}
