import { readFileSync } from 'node:fs';

const rooms = new Map<string, unknown>();

/** Whether English has a phrase, in any of its plural forms; that the others have it too, locales/phrases.test.ts sees to. */
export function phraseExists(key: string): boolean {
  const [room = '', path = ''] = key.split(':');
  const names = path.split('.');
  const last = names.pop() ?? '';
  const folder = names.reduce<unknown>(
    (inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
    roomOf(room),
  );
  const phrases = folder as Record<string, unknown> | undefined;
  return typeof (phrases?.[last] ?? phrases?.[`${last}_other`]) === 'string';
}

function roomOf(room: string): unknown {
  const file = new URL(`../../locales/en/${room}.json`, import.meta.url);
  if (!rooms.has(room)) rooms.set(room, JSON.parse(readFileSync(file, 'utf8')));
  return rooms.get(room);
}
