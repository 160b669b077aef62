import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Looked at when the transaction commits: entries come one by one, but they leave together and sum to zero.
  await knex.raw(`CREATE FUNCTION refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.transaction_id
                 GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
        RAISE EXCEPTION 'ledger transaction % does not sum to zero', NEW.transaction_id;
      END IF;
      RETURN NULL;
    END $$`);
  await knex.raw(`CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_imbalance()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TRIGGER ledger_entries_balance ON ledger_entries');
  await knex.raw('DROP FUNCTION refuse_imbalance()');
}
