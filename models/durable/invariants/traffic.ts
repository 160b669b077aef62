import type { Invariant } from './invariant.js';

export const ofTraffic: readonly Invariant[] = [
  {
    id: 'I11',
    name: 'hoursAreTheirIntervals',
    sql: `WITH kept AS (
            SELECT port_id, date_bin('1 hour', starts_at, 'epoch') AS starts_at, sum(in_octets) AS in_octets,
                   sum(out_octets) AS out_octets, sum(seconds) AS seconds FROM traffic_intervals GROUP BY 1, 2)
          SELECT port_id, starts_at, h.in_octets, kept.in_octets AS kept_in, h.out_octets, kept.out_octets AS kept_out
          FROM kept FULL JOIN traffic_hours h USING (port_id, starts_at)
          WHERE (h.in_octets, h.out_octets, h.seconds) IS DISTINCT FROM (kept.in_octets, kept.out_octets, kept.seconds)
            AND starts_at >= date_trunc('month', (SELECT min(starts_at) FROM kept), 'UTC')`,
  },
  {
    id: 'I11',
    name: 'daysAreTheirHours',
    sql: `WITH hours AS (
            SELECT port_id, date_bin('1 day', starts_at, 'epoch') AS starts_at, sum(in_octets) AS in_octets,
                   sum(out_octets) AS out_octets, sum(seconds) AS seconds FROM traffic_hours GROUP BY 1, 2)
          SELECT port_id, starts_at, d.in_octets, hours.in_octets AS hours_in, d.out_octets, hours.out_octets AS hours_out
          FROM hours FULL JOIN traffic_days d USING (port_id, starts_at)
          WHERE (d.in_octets, d.out_octets, d.seconds) IS DISTINCT FROM (hours.in_octets, hours.out_octets, hours.seconds)`,
  },
];
