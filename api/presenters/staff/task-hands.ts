import { phrase } from '../../../locales/phrases.js';
import { staffMayDecide } from '../../../rules/accounts/staff-rights.js';
import { hoursPutOff } from '../../../rules/durable/task-deadlines.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import { duration, moment, type Reader } from '../moments.js';
import type { TaskInput } from './task-input.js';

const HOUR = 3_600_000;

/** In whose hands a task is, until when, and how it passes on. */
export function presentHands(reader: Reader, { task, about, reader: me, mayDecide, rejected, now }: TaskInput) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `tasks:hands.${key}`, values);
  const { id, assigneeId, dueAt, escalatedAt, escalatedFor, answer } = task;
  const open = answer === null;
  const base = `/staff/tasks/${id}`;
  const late = open && dueAt <= now;
  const may = open && mayDecide;
  const others = about.members.filter((member) => !member.disabledAt && staffMayDecide(member.role, matterOf(task)));
  const wrongDue = rejected?.form === 'due';
  return {
    facts: [
      { label: says('assignee'), value: about.nameOf(assigneeId) ?? says('nobody') },
      { label: says('due'), value: moment(reader, dueAt).text, sub: late ? says('late') : undefined },
      ...(escalatedAt
        ? [{ label: says('escalated'), value: moment(reader, escalatedAt).text, sub: says(`for.${escalatedFor}`) }]
        : []),
    ],
    assignment: `${base}/assignment`,
    from: assigneeId ?? '',
    take: may && assigneeId !== me.id ? me.id : undefined,
    putBack: may && assigneeId !== null,
    members: may
      ? others
          .filter((member) => member.id !== assigneeId)
          .map((member) => ({ value: member.id, label: member.name, chosen: false }))
      : undefined,
    putOff: may
      ? {
          action: `${base}/due`,
          error: wrongDue ? says('errors.hours') : undefined,
          note: wrongDue ? (rejected.typed.note ?? '') : '',
          hours: hoursPutOff.map((hours) => ({
            value: String(hours),
            label: says('by', { time: duration(reader, hours * HOUR) }),
            chosen: wrongDue ? rejected.typed.hours === String(hours) : hours === hoursPutOff[0],
          })),
        }
      : undefined,
  };
}

/** What colleagues wrote down, newest first, and where to write. */
export function presentNotes(reader: Reader, { task, about, mayDecide, rejected }: TaskInput) {
  const wrong = rejected?.form === 'note';
  const notes = about.events.filter(({ event }) => event === 'noted');
  return {
    shown: notes.length > 0 || (task.answer === null && mayDecide),
    notes: notes.map(({ staff, note, happenedAt }) => ({
      who: staff?.name,
      text: note,
      at: moment(reader, happenedAt),
    })),
    form:
      task.answer === null && mayDecide
        ? {
            action: `/staff/tasks/${task.id}/notes`,
            value: wrong ? (rejected.typed.text ?? '') : '',
            error: wrong ? phrase(reader.language, 'staff:task.errors.note') : undefined,
          }
        : undefined,
  };
}
