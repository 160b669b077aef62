import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { BookCheck } from '../../../models/billing/book-check.js';
import type { BookFinding } from '../../../models/billing/book-finding.js';
import type { BooksTold, PastCheck } from '../../../models/billing/books-told.js';
import type { SealHead } from '../../../models/billing/ledger-seal.js';
import { duration, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export interface BooksInput extends BooksTold {
  readonly mayAsk: boolean;
  readonly now: Date;
}

export function presentBooks(reader: Reader, { last, open, past, head, mayAsk, now }: BooksInput) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `books:${key}`, values);
  return {
    title: says('title'),
    sub: says('sub'),
    address: '/staff/books',
    pill: last && pill(language, 'books', stateOf(last.findings)),
    unfinished: open !== undefined,
    underWay: open && says('underWay', { time: duration(reader, now.getTime() - open.askedAt.getTime()) }),
    ask: mayAsk && !open,
    checked: last && checkFacts(reader, last),
    seals: sealFacts(reader, head),
    findings: inOrder(last?.findings ?? []).map((finding) => presentFinding(reader, finding)),
    past: past.map((check) => presentPast(reader, check)),
  };
}

/** What does not hold comes first; else as they are numbered. */
function inOrder(findings: readonly BookFinding[]): BookFinding[] {
  const number = ({ invariant }: BookFinding) => Number(invariant.slice(1));
  return findings.toSorted((a, b) => Number(!!b.faults) - Number(!!a.faults) || number(a) - number(b));
}

type State = 'holds' | 'partly' | 'broken' | 'unlooked';

function stateOf(findings: readonly Pick<BookFinding, 'faults' | 'unknowns'>[]): State {
  if (findings.some(({ faults }) => faults !== null && faults > 0)) return 'broken';
  if (findings.some(({ faults }) => faults === null)) return 'unlooked';
  return findings.some(({ unknowns }) => unknowns > 0) ? 'partly' : 'holds';
}

function checkFacts(reader: Reader, { beganAt, endedAt, staff, askedAt }: BookCheck) {
  const says = (key: string) => phrase(reader.language, `books:${key}`);
  const took = beganAt && endedAt ? duration(reader, endedAt.getTime() - beganAt.getTime()) : '–';
  return [
    { label: says('when'), value: moment(reader, askedAt).text },
    { label: says('who'), value: staff?.name ?? says('byTime') },
    { label: says('took'), value: took },
  ];
}

function sealFacts(reader: Reader, head: SealHead | undefined) {
  const says = (key: string, values = {}) => phrase(reader.language, `books:${key}`, values);
  if (!head) return [{ label: says('block'), value: says('noSeal'), wide: true }];
  return [
    { label: says('block'), value: String(head.block), sub: moment(reader, head.sealedAt).text },
    { label: says('unsealed'), value: String(head.unsealed) },
    { label: says('hash'), value: head.hash, mono: true, wide: true },
  ];
}

/** A name that a later version no longer has is shown as it stands. */
function presentFinding({ language }: Reader, { invariant, name, faults, rows, unknowns, unknown }: BookFinding) {
  const key = `books:invariants.${name}`;
  return {
    id: invariant,
    words: hasPhrase(language, key) ? phrase(language, key) : name,
    pill: pill(language, 'books', stateOf([{ faults, unknowns }])),
    faults: faults ? phrase(language, 'books:faults', { count: faults }) : undefined,
    rows: rows.map((row) => JSON.stringify(row)),
    unknowns: unknowns > 0 ? phrase(language, 'books:unknowns', { count: unknowns }) : undefined,
    unknown: unknown.map((row) => JSON.stringify(row)),
  };
}

function presentPast(reader: Reader, { askedAt, askedBy, beganAt, endedAt, ...found }: PastCheck) {
  const { language } = reader;
  return {
    at: moment(reader, askedAt),
    who: askedBy ?? phrase(language, 'books:byTime'),
    took: duration(reader, endedAt.getTime() - beganAt.getTime()),
    pill: pill(language, 'books', pastState(found)),
    broken: found.broken > 0 ? phrase(language, 'books:brokenCount', { count: found.broken }) : undefined,
  };
}

function pastState({ broken, unlooked, partly }: Pick<PastCheck, 'broken' | 'unlooked' | 'partly'>): State {
  if (broken > 0) return 'broken';
  if (unlooked > 0) return 'unlooked';
  return partly > 0 ? 'partly' : 'holds';
}
