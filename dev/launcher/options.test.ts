import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { help, OptionsWrong, readOptions } from './options.js';

const options = suite('launcher options');

function refusalOf(...argv: string[]): string {
  try {
    readOptions(argv);
  } catch (error) {
    if (error instanceof OptionsWrong) return error.message;
    throw error;
  }
  return '';
}

options('have defaults that need no thought', () => {
  const { data, portBase, firstOrder, fresh, light, once } = readOptions([]);
  assert.match(data, /\.data$/);
  assert.equal([portBase, firstOrder, fresh, light, once], [3000, true, false, false, false]);
});

options('are read from the command line', () => {
  const read = readOptions(['--data', '/srv/shop', '--port-base', '4000', '--fresh', '--yes', '--light', '--once']);
  assert.equal(
    [read.data, read.portBase, read.fresh, read.yes, read.light, read.once],
    ['/srv/shop', 4000, true, true, true, true],
  );
  assert.is(readOptions(['--no-first-order']).firstOrder, false);
});

options('that are unknown or out of range are refused in words', () => {
  assert.match(refusalOf('--ports', '4000'), '--ports');
  for (const wrong of ['0', '65530', '3000.5', 'many', '']) assert.match(refusalOf('--port-base', wrong), '1 to 65526');
  assert.match(refusalOf('--once', '--no-first-order'), '--once');
});

options('are all explained', () => {
  for (const option of ['data', 'port-base', 'fresh', 'no-first-order', 'light', 'once']) {
    assert.match(help, `--${option} `);
  }
});

options.run();
