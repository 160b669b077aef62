import { hashPassword } from '../../gateways/passwords.js';
import { StaffMember } from '../../models/accounts/staff-member.js';
import type { User } from '../../models/accounts/user.js';
import { CookieJar } from './cookie-jar.js';
import { codeAt, withSecondFactor } from './second-factor.js';
import type { Answer, Fields, Visitor } from './visitor.js';

export const password = 'Correct-horse-7';
const hash = hashPassword(password);

/** Gives a person of the builders the password of tests. */
export async function withPassword<Person extends User | StaffMember>(person: Person): Promise<Person> {
  await person.$query().patch({ passwordHash: await hash });
  return person;
}

/**
 * The same browser after signing in by the page, as people do, staff by both steps: with its cookies, its session's token, and the headers
 * that browsers send. Where the session has ended meanwhile it signs in anew and asks once more, as people do too,
 * unless it is told to stay out.
 */
export async function signedInVisitor(
  guest: Visitor,
  person: User | StaffMember,
  { comesBack = true } = {},
): Promise<Visitor> {
  await withPassword(person);
  const page = person instanceof StaffMember ? '/staff/sign-in' : '/sign-in';
  const jar = new CookieJar();
  const told = (headers: Fields = {}) => jar.headers({ 'X-CSRF-Token': jar.token, ...headers });

  async function signIn(): Promise<void> {
    jar.keep(await guest.get(page, told()));
    if (person instanceof StaffMember) await withSecondFactor(person);
    let answer = jar.keep(await guest.post(page, { name: person.email, password }, told()));
    if (answer.location === `${page}/code`) answer = await typeCode(answer.location);
    if (answer.status !== 303) throw new Error(`${person.email} could not sign in: ${answer.status} ${answer.body}`);
    jar.keep(await guest.get(answer.location ?? '/', told())); // shows the new session's token
  }

  async function typeCode(codePage: string): Promise<Answer> {
    jar.keep(await guest.get(codePage, told()));
    return jar.keep(await guest.post(codePage, { code: codeAt(guest.now()) }, told()));
  }

  async function asking(ask: () => Promise<Answer>): Promise<Answer> {
    const answer = jar.keep(await ask());
    if (!comesBack || answer.location?.split('?')[0] !== page) return answer;
    await signIn();
    return jar.keep(await ask());
  }

  await signIn();
  return {
    origin: guest.origin,
    now: guest.now,
    get: (path, headers) => asking(() => guest.get(path, told(headers))),
    post: (path, fields, headers) => asking(() => guest.post(path, fields, told(headers))),
    request: (method, path, headers) => asking(() => guest.request(method, path, told(headers))),
    leave: () => guest.leave(),
  };
}
