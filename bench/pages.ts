import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { Model } from 'objection';
import { seedBulk } from '../dev/bulk/seed.js';
import { shopEnvironment } from '../dev/launcher/environment.js';
import { portsFrom } from '../dev/launcher/ports.js';
import { secretsOf } from '../dev/launcher/secrets.js';
import { connect } from '../models/connection.js';
import { aStaffMember, theBrand } from '../tests/support/builders.js';
import { freePort, startCluster, TEMPLATE } from '../tests/support/cluster.js';
import { type Measurement, median, rounded } from './measurement.js';
import { load } from './pages/load.js';
import { type Served, served } from './pages/served.js';
import { viewsOf } from './pages/shape.js';

const page = {
  staff: {
    path: '/staff/invoices',
    cells: ['number', 'about', 'name', 'customer_number', 'issued_on', 'due_on', '', 'total_minor'],
  },
  customer: {
    path: '/invoices?show=all',
    cells: ['number', 'about', 'issued_on', 'due_on', '', 'total_minor', '', ''],
  },
} as const;
type Area = keyof typeof page;

/** List pages over a large database against bare pages of the same shape, each side a process of its own, taken in turns. */
export async function measure(args: readonly string[]): Promise<Measurement> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      customers: { type: 'string', default: '100000' },
      invoices: { type: 'string', default: '1000000' },
      seconds: { type: 'string', default: '8' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-bench-'));
  const cluster = await startCluster();
  const databaseUrl = `${cluster.url}/${TEMPLATE}`;
  const knex = connect(databaseUrl);
  const running: Served[] = [];
  const serve = async (...what: Parameters<typeof served>) => {
    const one = await served(...what);
    running.push(one);
    return one;
  };
  try {
    Model.knex(knex);
    await theBrand();
    await seedBulk(knex, { customers: Number(values.customers), invoices: Number(values.invoices) }, new Date());
    const environment = shopEnvironment(
      {},
      { light: true, ports: portsFrom(await freePort()), secrets: await secretsOf(folder) },
    );
    const ours = await serve('api/server.ts', await freePort(), '/readyz', {
      ...environment,
      DATABASE_URL: databaseUrl,
    });
    const found: { area: Area; ours: Awaited<ReturnType<typeof load>>; bare: Awaited<ReturnType<typeof load>> }[] = [];
    let residentMb = 0;
    for (const area of ['staff', 'customer'] as const) {
      const { cookie, person } = await signedIn(knex, area, environment.SESSION_KEY ?? '');
      const url = ours.url + page[area].path;
      const shown = await (await fetch(url, { headers: { cookie } })).text();
      for (const [name, view] of Object.entries(viewsOf(shown, page[area].cells)))
        await writeFile(join(folder, `${name}.hbs`), view);
      await writeFile(join(folder, 'reads.json'), JSON.stringify(readsOf(area, person)));
      const env = { BARE_FOLDER: folder, BARE_READS: join(folder, 'reads.json'), DATABASE_URL: databaseUrl };
      const bare = await serve('bench/pages/bare.ts', await freePort(), '/', env);
      await load(url, cookie, 2); // warms up
      await load(bare.url, undefined, 2);
      for (let round = 0; round < rounds; round++) {
        const [mine, other] = [await load(url, cookie, seconds), await load(bare.url, undefined, seconds)];
        found.push({ area, ours: mine, bare: other });
      }
      residentMb = Math.max(residentMb, ours.residentMb());
    }
    return told(found, residentMb);
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    await knex.destroy();
    await cluster.stop();
    await rm(folder, { recursive: true });
  }
}

/** A session as signing in makes one, with its cookie: passwords and second steps are not what is measured. */
async function signedIn(knex: Knex, area: Area, key: string): Promise<{ cookie: string; person: string }> {
  const busiest = `SELECT m.user_id AS id, i.customer_id FROM memberships m
    JOIN (SELECT customer_id FROM invoices GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) i ON i.customer_id = m.customer_id`;
  const { id, customer_id: customerId } =
    area === 'staff' ? { id: (await aStaffMember()).id, customer_id: undefined } : (await knex.raw(busiest)).rows[0];
  const now = new Date().toISOString();
  const sess = { cookie: { path: '/' }, personId: id, customerId, startedAt: now, seenAt: now };
  const sid = randomBytes(16).toString('base64url');
  const expire = new Date(Date.now() + 3_600_000);
  const signature = createHmac('sha256', key).update(sid).digest('base64').replace(/=+$/, ''); // as express-session's
  await knex(area === 'staff' ? 'staff_sessions' : 'sessions').insert({ sid, sess: JSON.stringify(sess), expire });
  return { cookie: `qm_${area}=${encodeURIComponent(`s:${sid}.${signature}`)}`, person: customerId ?? id };
}

/** The page's rows, how many there are, and who reads. */
function readsOf(area: Area, id: string): string[] {
  const rows = `SELECT i.number, i.issued_on::text, i.due_on::text, i.total_minor, c.name, c.number AS customer_number,
      (SELECT string_agg(description, ', ') FROM invoice_lines l WHERE l.invoice_id = i.id) AS about
    FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE`;
  const open = `i.status = 'open'`;
  const own = `i.customer_id = '${id}' AND i.status <> 'draft'`;
  const count = (condition: string) =>
    `SELECT count(*) FROM (SELECT FROM invoices i WHERE ${condition} LIMIT 10001) AS found`;
  return area === 'staff'
    ? [
        `${rows} ${open} ORDER BY i.due_on, i.number LIMIT 10`,
        count(open),
        `SELECT * FROM staff_members WHERE id = '${id}'`,
      ]
    : [`${rows} ${own} ORDER BY i.due_on DESC LIMIT 10`, count(own), `SELECT * FROM customers WHERE id = '${id}'`];
}

function told(
  found: readonly { area: Area; ours: Awaited<ReturnType<typeof load>>; bare: Awaited<ReturnType<typeof load>> }[],
  residentMb: number,
): Measurement {
  const areas = ['staff', 'customer'] as const;
  const ratioOf = (area: Area) =>
    median(found.filter((each) => each.area === area).map(({ ours, bare }) => ours.perSecond / bare.perSecond));
  const tails = found.map(({ ours }) => ours.p99Ms / ours.medianMs);
  return {
    name: 'pages',
    question: 'list pages over a large database against bare pages of the same shape, 16 connections',
    ratio: Math.min(...areas.map(ratioOf)),
    target: 0.6,
    table: [
      ['page', 'ours a second', 'bare a second', 'our median ms', 'our p99 ms'],
      ...found.map(({ area, ours, bare }) => [
        page[area].path,
        ours.perSecond,
        bare.perSecond,
        ours.medianMs,
        ours.p99Ms,
      ]),
    ],
    figures: {
      staff: rounded(ratioOf('staff')),
      customer: rounded(ratioOf('customer')),
      p99ToMedian: rounded(median(tails)),
      webResidentMb: residentMb,
    },
  };
}
