import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asLine, isReached, type Measurement, median, readable } from './measurement.js';

const measuring = suite('measurements');
const faster: Measurement = {
  name: 'pages',
  question: 'a list page against a bare one',
  ratio: 0.71234,
  target: 0.6,
  table: [
    ['page', 'a second'],
    ['bare', 1200],
    ['ours', 855],
  ],
  figures: { p99Ms: 31 },
};

measuring('end with one line for programs', () => {
  assert.equal(JSON.parse(asLine(faster)), { name: 'pages', ratio: 0.712, target: 0.6, reached: true, p99Ms: 31 });
});

measuring('stand in columns, and say how they came out', () => {
  assert.is(
    readable(faster),
    `pages: a list page against a bare one
  page  a second
  bare      1200
  ours       855
  reached: 0.712, at least 0.6`,
  );
  assert.match(readable({ ...faster, ratio: 0.5 }), 'MISSED: 0.5, at least 0.6');
});

for (const [ratio, atMost, reached] of [
  [0.6, false, true],
  [0.59, false, false],
  [0.6, true, true],
  [0.61, true, false],
] as const) {
  measuring(`${ratio} ${reached ? 'reaches' : 'misses'} ${atMost ? 'at most' : 'at least'} 0.6`, () => {
    assert.is(isReached({ ...faster, ratio, atMost }), reached);
  });
}

measuring('are told by their median', () => {
  assert.is(median([9, 1, 5]), 5);
});

measuring.run();
