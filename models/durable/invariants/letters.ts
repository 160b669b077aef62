import type { Invariant } from './invariant.js';

export const ofLetters: readonly Invariant[] = [
  {
    id: 'I10',
    name: 'lettersLeaveOnce',
    sql: `SELECT id, count(*) FROM letters GROUP BY id HAVING count(*) > 1`,
  },
];
