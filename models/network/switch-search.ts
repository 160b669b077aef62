import { Model } from 'objection';
import { likePart } from '../text-search.js';

export const switchSorts = ['name', 'site'] as const;

export interface SwitchesWanted {
  /** A part of a name, address or site. */
  readonly query: string;
  readonly sort: (typeof switchSorts)[number];
  readonly direction: 'asc' | 'desc';
}

/** A switch as the list of all of them shows it; no secret is among it. */
export interface SwitchRow {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly version: '2c' | '3';
  readonly site: string;
  readonly city: string;
  readonly ports: number;
  readonly used: number;
  /** As whoever reads its counters found it; nothing where nobody has tried. */
  readonly answeredAt: Date | null;
  readonly failingSince: Date | null;
  readonly failure: string | null;
}

const rows = `SELECT w.id, w.name, w.host, w.port, w.version, t.code AS site, t.city, r.answered_at, r.failing_since, r.failure,
    (SELECT count(*) FROM switch_ports o WHERE o.switch_id = w.id) AS ports,
    (SELECT count(*) FROM switch_ports o JOIN servers s ON s.switch_port_id = o.id WHERE o.switch_id = w.id) AS used
  FROM switches w JOIN sites t ON t.id = w.site_id LEFT JOIN switch_readings r ON r.switch_id = w.id`;
const searched = `concat_ws(' ', w.name, w.host, t.code, t.city) ILIKE :like`;

export async function switchesFound(
  { query, sort, direction }: SwitchesWanted,
  { offset, limit }: { offset: number; limit: number },
): Promise<SwitchRow[]> {
  const knex = Model.knex();
  const way = direction === 'desc' ? 'DESC' : 'ASC';
  const order = sort === 'site' ? `t.code ${way}, w.name` : `w.name ${way}`;
  const found = knex.raw(`(${rows} WHERE ${searched} ORDER BY ${order} OFFSET :offset LIMIT :limit) AS found`, {
    like: likePart(query),
    offset,
    limit,
  });
  return knex.select<SwitchRow[]>('*').from(found);
}

export async function countSwitches({ query }: SwitchesWanted): Promise<number> {
  const knex = Model.knex();
  const counted = knex.raw(
    `(SELECT count(*) AS switches FROM switches w JOIN sites t ON t.id = w.site_id WHERE ${searched}) AS counted`,
    { like: likePart(query) },
  );
  const [row] = await knex.select<{ switches: number }[]>('*').from(counted);
  return row?.switches ?? 0;
}

export async function switchNamed(name: string): Promise<SwitchRow | undefined> {
  const knex = Model.knex();
  const [row] = await knex.select<SwitchRow[]>('*').from(knex.raw(`(${rows} WHERE w.name = :name) AS found`, { name }));
  return row;
}
