import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Icon } from '../icons.js';
import { moment, type Reader } from '../moments.js';
import { actionName, changesOf } from './audit-words.js';

const icons: Readonly<Record<string, Icon>> = {
  added: 'plus',
  changed: 'tool',
  moved: 'refresh',
  failed: 'alert-triangle',
};

/** For `partials/timeline`: what the audit trail holds about one thing of the inventory, in sentences. */
export function presentRecordStory(reader: Reader, entries: readonly AuditEntry[]) {
  const { language } = reader;
  return entries.map((entry) => {
    const changes = changesOf(reader, entry).map(({ key, field, before, after }) => {
      const own = `inventory:fields.${key}`;
      const name = hasPhrase(language, own) ? phrase(language, own) : field;
      const [was, is] = [before, after].map((value) => worded(reader, key, value));
      return was === undefined ? `${name}: ${is}` : `${name}: ${was} → ${is}`;
    });
    const deed = entry.action.split('.')[1] ?? '';
    return {
      tone: deed === 'failed' ? 'bad' : 'idle',
      icon: icons[deed] ?? 'point',
      sentence: phrase(language, 'inventory:story', {
        deed: actionName(language, entry.action),
        who: entry.actorName,
        changes: changes.length ? changes.join('; ') : '–',
      }),
      moment: moment(reader, entry.happenedAt),
    };
  });
}

function worded({ language }: Reader, field: string, value: string | undefined): string | undefined {
  const key = `states:machine.${value}`;
  return field === 'status' && hasPhrase(language, key) ? phrase(language, key) : value;
}
