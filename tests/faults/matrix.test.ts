import { suite } from 'uvu';
import type { Result } from './matrix/block.js';
import { nameOf } from './matrix/cell.js';
import { blocks } from './matrix/matrix.js';

/** Always the same cells and the same chances; all of them, and others, by `npm run faults`. */
const SEED = 1;
const sample = new RegExp(
  [
    '^invoicePayment · (createCharge|confirmCharge|planRetry) · ',
    '^order · refundPayments · ',
    '^serviceCancellation · (suspendService|closePort|openStaffTask) · ',
    '^(powerCommand · pushPower|serverProvisioning · (openPort|closePort)) · ',
    'cannot be serialized',
  ].join('|'),
);

for (const block of blocks.filter(({ kind }) => kind === 'simulated')) {
  const places = block.places.filter((place) => sample.test(nameOf(place)));
  if (places.length === 0) continue;
  const cells = suite(`fault matrix, seed ${SEED}: ${block.name}`);
  const results = new Map<string, Result>();
  cells.before(() => block.run(places, SEED, (place, result) => void results.set(nameOf(place), result)));
  for (const place of places) {
    cells(`[${place.features.join('] [')}] ${nameOf(place)}`, () => {
      const result = results.get(nameOf(place)) ?? { failure: new Error('it was not run') };
      if ('failure' in result) throw result.failure;
    });
  }
  cells.run();
}
