import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Membership } from '../../models/accounts/membership.js';
import type { StaffMember } from '../../models/accounts/staff-member.js';
import type { User } from '../../models/accounts/user.js';
import { testApp } from '../support/app.js';
import { aBrowser } from '../support/browser-without-scripts.js';
import { aCustomer, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { likeness, timesInTurn } from '../support/likeness.js';
import { withSecondFactor } from '../support/second-factor.js';
import { withPassword } from '../support/signed-in.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';

const gate = suite('[IAM-02] [S10] whoever asks who is known here');
const ROUNDS = 20;
/** Of two that are alike, twenty times each, chance leaves this once in fifty thousand; who skips the hash is far outside. */
const ALIKE = { from: 0.1, to: 0.9 };
let database: { close: () => Promise<void> };
let guest: Visitor;
let user: User;
let staff: StaffMember;
/** Names that open nothing, whatever is typed beside them, by the reason. */
let names: Readonly<Record<'/sign-in' | '/staff/sign-in', Readonly<Record<string, string>>>>;

gate.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp());
  const customer = await aCustomer();
  user = await withPassword(await aUser(customer));
  staff = await withPassword(await aStaffMember());
  const guarded = await withSecondFactor(await withPassword(await aUser(customer)));
  const disabled = await withPassword(await aUser(customer));
  await disabled.$query().patch({ disabledAt: new Date() });
  const alone = await withPassword(await aUser(customer));
  await Membership.query().where({ userId: alone.id }).delete();
  const gone = await withPassword(await aStaffMember());
  await gone.$query().patch({ disabledAt: new Date() });
  const nobody = 'nobody-at-all@example.org';
  names = {
    '/sign-in': {
      nobody,
      'a customer’s': user.email,
      'one with a second step': guarded.email,
      disabled: disabled.email,
      'one who acts for no customer': alone.email,
      'one of the staff': staff.email,
    },
    '/staff/sign-in': { nobody, 'one of the staff': staff.email, disabled: gone.email, 'a customer’s': user.email },
  };
});
gate.before.each(() => Model.knex().raw('TRUNCATE sign_in_attempts'));
gate.after(async () => {
  await guest.leave();
  await database.close();
});

/** The page as everybody reads it: without its token, and without what was typed into it. */
function bare(body: string, name: string): string {
  return body.replaceAll(name, '…').replaceAll(/name="_csrf" value="\w+"/g, '');
}

const doors = ['/sign-in', '/staff/sign-in'] as const;
const forms = doors.flatMap((door) => [
  { door, path: door, fields: { password: 'not-theirs-47' } as Fields },
  { door, path: door.replace('sign-in', 'password-reset'), fields: {} as Fields },
]);

for (const { door, path, fields } of forms) {
  gate(`${path} answers the same of everybody who does not come in, in every word`, async () => {
    const answers = new Map<string, string>();
    for (const [who, name] of Object.entries(names[door])) {
      const browser = aBrowser(guest);
      await browser.get(path);
      const { status, headers, body } = await browser.post(path, { name, ...fields });
      const told = [status, ...[...headers.keys()].sort(), bare(body, name)].join('\n');
      answers.set(told, `${answers.get(told) ?? ''} ${who},`);
    }
    assert.is(answers.size, 1, [...answers.values()].join(' | '));
  });

  gate(`${path} takes as long for nobody as for somebody`, async () => {
    const { nobody = '', ...others } = names[door];
    const somebody = others[door === '/sign-in' ? 'a customer’s' : 'one of the staff'] ?? '';
    const browser = aBrowser(guest);
    await browser.get(path);
    const ask = (name: string) => async () => {
      const { status } = await browser.post(path, { name, ...fields });
      assert.not.equal(status, 429);
    };
    const told = likeness(...(await timed([ask(nobody), ask(somebody)])));
    assert.ok(told > ALIKE.from && told < ALIKE.to, `${told} of the answers about nobody took longer`);
  });
}

/** In pieces, so that no limit is reached. */
async function timed(asks: Parameters<typeof timesInTurn>[1]): Promise<readonly [number[], number[]]> {
  const all: readonly [number[], number[]] = [[], []];
  for (let done = 0; done < ROUNDS; done += 2) {
    await Model.knex().raw('TRUNCATE sign_in_attempts');
    const [one, other] = await timesInTurn(2, asks);
    all[0].push(...one);
    all[1].push(...other);
  }
  return all;
}

gate('a difference would be seen', async () => {
  const slow = Array.from({ length: ROUNDS }, (_, index) => 30 + index);
  const quick = slow.map((each) => each - 25);
  assert.ok(likeness(slow, quick) > ALIKE.to && likeness(quick, slow) < ALIKE.from);
  assert.is(likeness(slow, slow), 0.5);
});

gate.run();
