import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GraphSheet } from './graph-sheet.js';
import { savedGraph } from './saved-graph.js';

const pictures = suite('[NET-02] a graph as a file');

const HOUR = 3_600_000;
const from = Date.UTC(2026, 10, 20, 13);
const sheet: GraphSheet = {
  language: 'uk',
  title: 'Трафік <web-3> & "Їжак", œuvre',
  span: '20 лист. 2026 р., 15:20 – 21 лист. 2026 р., 15:20, Europe/Kyiv',
  unit: 'Мбіт/с',
  from,
  to: from + 6 * HOUR,
  step: HOUR,
  in: [1, 2, null, 4, 5, 6],
  out: [10, 20, null, 40, 50, 60],
  percentile: 50,
  names: { in: 'Вхідний', out: 'Вихідний', percentile: '95-й перцентиль' },
  ticks: [{ at: from + HOUR, label: '16:00' }],
  head: ['Мбіт/с', 'Макс.', 'Середнє'],
  rows: [
    ['Вхідний', '6,0', '3,6'],
    ['Вихідний', '60,0', '36,0'],
  ],
  notes: ['Прогалин немає.'],
  imprint: 'Northquay',
};

pictures('is drawn in the graph’s colours, and a gap stays white', async () => {
  for (const kind of ['png', 'jpeg'] as const) {
    const file = await savedGraph(sheet, kind);
    const { format, width = 0, height = 0 } = await sharp(file).metadata();
    assert.equal([format, width], [kind, 1_800]);
    assert.ok(height > 700 && height < 1_200, String(height));
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const isNear = (at: number, [r, g, b]: readonly [number, number, number]) =>
      Math.abs((data[at] ?? 0) - r) + Math.abs((data[at + 1] ?? 0) - g) + Math.abs((data[at + 2] ?? 0) - b) < 40;
    let [area, line, level] = [0, 0, 0];
    for (let at = 0; at < data.length; at += info.channels) {
      if (isNear(at, [0x0f, 0x8a, 0x5f])) area++;
      if (isNear(at, [0x2f, 0x47, 0xd0])) line++;
      if (isNear(at, [0xb3, 0x47, 0x0b])) level++;
    }
    for (const inked of [area, line, level]) assert.ok(inked > 50, `${kind}: ${[area, line, level]}`);
  }
});

pictures('keeps what people typed as text, whatever it is', async () => {
  const svg = (await savedGraph(sheet, 'svg')).toString();
  assert.match(svg, 'Трафік &lt;web-3&gt; &amp; &quot;Їжак&quot;, œuvre');
  assert.not.match(svg, /<script|NaN|undefined/);
  assert.match(svg, /^<svg [^>]*width="1200"/);
});

pictures('breaks its lines where nothing is known', async () => {
  const svg = (await savedGraph(sheet, 'svg')).toString();
  const outgoing = svg.match(/<path d="([^"]*)"[^>]*stroke="#2f47d0"/)?.[1] ?? '';
  assert.is((outgoing.match(/M/g) ?? []).length, 2);
});

pictures('is a document whose words can be read out, Cyrillic ones too', async () => {
  const file = await savedGraph(sheet, 'pdf');
  assert.is(file.subarray(0, 5).toString(), '%PDF-');
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: file, encoding: 'utf8' });
  if (read.error) return; // no poppler here
  for (const said of ['Трафік <web-3> & "Їжак", œuvre', 'Мбіт/с', 'Прогалин немає.', '95-й перцентиль', '60,0'])
    assert.match(read.stdout, said);
  assert.is(read.stdout.split('\f').length, 2); // one page
});

pictures('has no letter that its typeface lacks', async () => {
  const fonts = spawnSync('pdffonts', ['-'], { input: await savedGraph(sheet, 'pdf'), encoding: 'utf8' });
  if (fonts.error) return;
  assert.match(fonts.stdout, /Inter/);
  assert.not.match(fonts.stdout, /Helvetica|Times/);
});

pictures('says that there is nothing to draw', async () => {
  const svg = (await savedGraph({ ...sheet, nothing: 'Нічого не виміряно' }, 'svg')).toString();
  assert.match(svg, 'Нічого не виміряно');
  assert.not.match(svg, '<path');
});

pictures('of many at once are drawn one after the other, and one that fails stops no other', async () => {
  const broken = savedGraph({ ...sheet, names: undefined as never }, 'svg').catch(() => 'failed');
  const all = await Promise.all([broken, savedGraph(sheet, 'svg'), savedGraph(sheet, 'png')]);
  assert.is(all[0], 'failed');
  assert.instance(all[2], Buffer);
});

pictures.run();
