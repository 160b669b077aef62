import { createAccessTokens } from '../../gateways/access-tokens.js';
import { composeLetter } from '../../gateways/letters.js';
import type { Mailer } from '../../gateways/mailer.js';
import { formatMoment } from '../../locales/formats.js';
import { phrase } from '../../locales/phrases.js';
import { taskWord } from '../../locales/task-words.js';
import { AccountLetter } from '../../models/accounts/account-letter.js';
import { PasswordReset } from '../../models/accounts/password-reset.js';
import { brandFor, enabledPerson, ownerOf, type Person } from '../../models/accounts/person.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { type Delivery, deliverOnce, leavingAt } from '../durable/letter-delivery.js';

export interface AccountLetterDeps {
  readonly mailer: Mailer;
  /** Where customers reach the shop, without a slash at the end: links lead there, whatever a request said of itself. */
  readonly shopUrl: string;
  /** Derives the links' tokens. Whoever has it can set any password. */
  readonly linkKey: string;
}

export type AccountLetterActivities = ReturnType<typeof createAccountLetterActivities>;

export function createAccountLetterActivities({ mailer, shopUrl, linkKey }: AccountLetterDeps) {
  const tokens = createAccessTokens(linkKey);

  /** Where the letter leads, until when, and what it says of it; nothing for a link that another one has replaced. */
  async function wayOut(letter: AccountLetter, { kind: side, language, timeZone }: Person) {
    const { kind, link, linkId, values } = letter;
    const area = side === 'staff' ? `${shopUrl}/staff` : shopUrl;
    if (kind === 'joined' || kind === 'member_joined')
      return { address: `${area}/sign-in`, until: null, label: 'signIn', note: `${kind}.note` };
    if (values.task)
      return { address: `${area}/tasks/${values.task}`, until: null, label: 'openTask', note: `${kind}.note` };
    if (!link || !linkId) return { address: `${area}/password-reset`, until: null, label: 'notMe', note: 'wasIt' };
    if (link.usedAt || link.replacedAt) return;
    const token = tokens.accountLink(linkId);
    const expiresAt = await link.write(token, await leavingAt(letterIdOf(letter)));
    const until = formatMoment(language, expiresAt, timeZone);
    return { address: `${area}/set-password/${token}`, until, label: 'setPassword', note: `${kind}.note` };
  }

  return {
    async openPasswordReset(resetId: string): Promise<{ readonly letterId?: string }> {
      const reset = await PasswordReset.query().findById(resetId).throwIfNotFound();
      const letter = await reset.open();
      return letter ? { letterId: letter.id } : {};
    },

    async sendAccountLetter(letterId: string): Promise<Delivery> {
      const letter = await AccountLetter.query().findById(letterId).withGraphFetched('link').throwIfNotFound();
      const person = await enabledPerson(ownerOf(letter));
      const way = person && (await wayOut(letter, person));
      if (!person || !way) return { delivered: false };
      const { language, email: to } = person;
      const brand = await brandFor(person, letter.values.brand);
      const says = (key: string) => phrase(language, `access:letters.${key}`, { shop: brand.name, name: person.name });
      const composed = composeLetter('account-letter', {
        language,
        subject: `access:letters.${letter.kind}.subject`,
        shop: brand.mark,
        title: says(`${letter.kind}.title`),
        sentence: says(`${letter.kind}.sentence`),
        rows: letter.values.task ? await rowsOfTask(letter.values.task, person, says) : rowsOf(letter, person, says),
        ...way,
        label: says(way.label),
        note: says(way.note),
      });
      return deliverOnce(mailer, { id: letterIdOf(letter), to, ...composed });
    },
  };
}

function letterIdOf({ id }: AccountLetter): string {
  return `account-letter-${id}`;
}

function rowsOf(
  { kind, values, happenedAt }: AccountLetter,
  { language, timeZone, email }: Person,
  says: (key: string) => string,
): { what: string; value: string }[] {
  if (kind === 'welcome') return [{ what: says('signInAs'), value: email }];
  const { address, customer, person, left } = values;
  const when = { what: says('when'), value: formatMoment(language, happenedAt, timeZone) };
  if (customer !== undefined)
    return [
      { what: says('customer'), value: customer },
      ...(person === undefined ? [] : [{ what: says('person'), value: person }, when]),
    ];
  return [
    when,
    ...(address ? [{ what: says('from'), value: address }] : []),
    ...(left === undefined ? [] : [{ what: says('left'), value: String(left) }]),
  ];
}

async function rowsOfTask(
  id: string,
  { language, timeZone }: Person,
  says: (key: string) => string,
): Promise<{ what: string; value: string }[]> {
  const task = await StaffTask.query().findById(id).withGraphFetched('assignee').throwIfNotFound();
  const { openedAt, dueAt, assignee } = task;
  return [
    { what: says('task'), value: taskWord(language, task, 'title') },
    { what: says('waitsSince'), value: formatMoment(language, openedAt, timeZone) },
    { what: says('dueAt'), value: formatMoment(language, dueAt, timeZone) },
    { what: says('assignee'), value: assignee?.name ?? says('nobody') },
  ];
}
