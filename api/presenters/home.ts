import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

export function presentHome({ language, timeZone }: Reader, { user, now }: { user: { name: string }; now: Date }) {
  const greeting = phrase(language, `accounts:home.${dayPart(now, timeZone)}`, { name: user.name });
  return { title: phrase(language, 'accounts:home.title'), greeting };
}

function dayPart(now: Date, timeZone: string): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now));
  if (hour < 12) return hour < 4 ? 'evening' : 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}
