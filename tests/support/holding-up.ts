import { Model } from 'objection';

/** Holds up whoever writes to a table: a step that is too short to be hit stands until it is let go. */
export async function holdingUp(table: string): Promise<{ letGo: () => Promise<void> }> {
  const hold = await Model.knex().transaction();
  await hold.raw('LOCK TABLE ?? IN EXCLUSIVE MODE', [table]);
  const gone = () => {}; // or it died with the database
  return { letGo: () => hold.rollback().then(gone, gone) };
}
