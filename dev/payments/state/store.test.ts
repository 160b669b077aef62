import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openStore, type Row } from './store.js';

interface Pet extends Row {
  readonly name: string;
}

const storing = suite('[BIL-05] the card simulator’s store');
const folder = mkdtempSync(join(tmpdir(), 'payments-store-'));
const file = join(folder, 'payments.journal');

storing.before.each(() => rmSync(file, { force: true }));
storing.after(() => rmSync(folder, { recursive: true }));

function petsIn(store = openStore(folder)) {
  const pets = store.table<Pet>('pets');
  return { store, pets, names: () => pets.newestFirst().map(({ name }) => name) };
}

storing('[BIL-05] what was kept is there after a restart, in its order; what was removed is not', () => {
  const { store, pets } = petsIn();
  store.commit(() => ['a', 'b', 'c'].forEach((id) => void pets.put({ id, name: id })));
  store.commit(() => pets.put({ id: 'a', name: 'renamed' }));
  store.commit(() => pets.remove('b'));
  assert.equal(petsIn().names(), ['c', 'renamed']);
});

storing('[BIL-05] a commit that fails leaves nothing, neither in memory nor in the journal', () => {
  const { store, pets, names } = petsIn();
  store.commit(() => pets.put({ id: 'a', name: 'Rex' }));
  assert.throws(() =>
    store.commit(() => {
      pets.put({ id: 'a', name: 'Max' });
      pets.put({ id: 'b', name: 'Bello' });
      throw new Error('no');
    }),
  );
  assert.equal(names(), ['Rex']);
  assert.equal(petsIn().names(), ['Rex']);
});

storing('[BIL-05] a line that was cut off by the end of the process never happened', () => {
  const { store, pets } = petsIn();
  store.commit(() => pets.put({ id: 'a', name: 'Rex' }));
  appendFileSync(file, '[{"table":"pets","id":"b","value":{"id":"b","na');
  const after = petsIn();
  assert.equal(after.names(), ['Rex']);
  after.store.commit(() => after.pets.put({ id: 'c', name: 'Max' }));
  assert.equal(petsIn().names(), ['Max', 'Rex']);
});

storing('[BIL-05] the journal is written anew at each start, without what is past', () => {
  const { store, pets } = petsIn();
  for (let turn = 0; turn < 50; turn += 1) store.commit(() => pets.put({ id: 'a', name: `Rex ${turn}` }));
  petsIn();
  assert.is(readFileSync(file, 'utf8').trim().split('\n').length, 1);
});

storing('[BIL-05] nothing changes outside a commit', () => {
  assert.throws(() => petsIn().pets.put({ id: 'a', name: 'Rex' }), 'outside a commit');
});

storing.run();
