import type { Knex } from 'knex';

/**
 * Companies with a contract and an owner each, numbered on from the last: set-based, since it is about their number.
 * Their owners' passwords are none that anybody could type.
 */
export async function addCustomers(trx: Knex.Transaction, count: number): Promise<void> {
  await trx.raw(
    `CREATE TEMPORARY TABLE bulk_customers ON COMMIT DROP AS
     SELECT i, gen_random_uuid() AS id, gen_random_uuid() AS user_id,
       (ARRAY['Aurore', 'Baltic', 'Canal', 'Dnipro', 'Estuary', 'Fjord', 'Garonne', 'Harbour', 'Isar', 'Jura'])[1 + i % 10] || ' ' ||
       (ARRAY['Networks', 'Hébergement', 'Data', 'Systèmes', 'Хмара', 'Media', 'Conseil'])[1 + i % 7] || ' ' || i AS name,
       'bulk-' || i || '-' || substr(md5(i::text || clock_timestamp()), 1, 6) || '@example.org' AS email
     FROM generate_series(1, ?::int) AS i`,
    [count],
  );
  await trx.raw(
    `INSERT INTO customers (id, brand_id, kind, name, email, street, postal_code, city, country, currency, language, time_zone)
     SELECT c.id, (SELECT id FROM brands ORDER BY id LIMIT 1), 'company', c.name, c.email, i % 200 + 1 || ' quai du Port', '59000',
       'Lille', 'FR', 'EUR', (ARRAY['fr', 'en', 'uk'])[1 + i % 3], 'Europe/Paris' FROM bulk_customers c`,
  );
  await trx.raw(
    `INSERT INTO contracts (customer_id, name, is_default) SELECT id, 'Main contract', true FROM bulk_customers`,
  );
  await trx.raw(
    `INSERT INTO users (id, email, name, password_hash, language, time_zone)
     SELECT user_id, email, 'Owner of ' || name, '!', 'en', 'Europe/Paris' FROM bulk_customers`,
  );
  await trx.raw(`INSERT INTO memberships (user_id, customer_id, role) SELECT user_id, id, 'owner' FROM bulk_customers`);
}
