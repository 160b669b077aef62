import { readFileSync } from 'node:fs';
import express from 'express';
import { engine } from 'express-handlebars';
import pg from 'pg';

/** The reference: a page of the same shape by Express and Handlebars, its three reads, and nothing else. */
const { BARE_FOLDER: folder = '', BARE_READS: reads = '', DATABASE_URL: connectionString, PORT } = process.env;
const pool = new pg.Pool({ connectionString });
const [rows = '', count = '', person = ''] = JSON.parse(readFileSync(reads, 'utf8')) as string[];

const app = express();
app.engine('hbs', engine({ extname: '.hbs', defaultLayout: 'layout', layoutsDir: folder, partialsDir: folder }));
app.set('view engine', 'hbs').set('views', folder).enable('view cache');
app.get('/', async (_request, response) => {
  const [listed, counted, known] = await Promise.all([pool.query(rows), pool.query(count), pool.query(person)]);
  response.render('page', { rows: listed.rows, count: counted.rows[0], person: known.rows[0] });
});
app.listen(Number(PORT), '127.0.0.1', () => process.send?.('ready'));
