import { type Block, block } from './block.js';
import type { ToldCell } from './cell.js';
import { type House, openHouse } from './house/house.js';
import { realBlocks } from './real/all.js';
import { toldReal } from './real/told.js';
import { shownElsewhere } from './shown-elsewhere.js';
import { shownOfMoney } from './shown-of-money.js';
import { batchCells } from './stories/batches.js';
import { cancellationCells, machineReturnCells } from './stories/cancellations.js';
import { deliveredOrderCells } from './stories/delivered-orders.js';
import { deskCells } from './stories/desk.js';
import { disputeCells } from './stories/disputes.js';
import { flappingCells } from './stories/flapping.js';
import { heldCells } from './stories/held.js';
import { invoicePaymentCells } from './stories/invoice-payments.js';
import { letterCells } from './stories/letters.js';
import { clearTheHall } from './stories/machines.js';
import { orderCells } from './stories/orders.js';
import { poolCells } from './stories/pool.js';
import { powerCells } from './stories/power.js';
import { provisioningCells } from './stories/provisioning.js';
import { refundReturnCells } from './stories/refund-returns.js';
import { roundCells } from './stories/rounds.js';
import { stopCells } from './stories/stops.js';

const inTheHouse = {
  open: () => openHouse(),
  check: (house: House) => house.check(),
  close: (house: House) => house.close(),
};

const underSkippedTime = block({
  name: 'Money, cancellations and letters, under skipped time',
  kind: 'simulated',
  width: 25,
  cells: [
    ...orderCells,
    ...invoicePaymentCells,
    ...cancellationCells,
    ...disputeCells,
    ...refundReturnCells,
    ...letterCells,
    ...deskCells,
    ...batchCells,
  ],
  ...inTheHouse,
});

const schedules = block({
  name: 'Rounds of the schedules',
  kind: 'simulated',
  width: 30,
  cells: roundCells,
  ...inTheHouse,
});

const alone = block({
  name: 'What concerns the whole shop: stops, connections',
  kind: 'simulated',
  cells: [...stopCells, ...heldCells, ...poolCells],
  ...inTheHouse,
});

/** As many as the switch has ports, less some that take the place of failing ones. */
const MACHINES = 40;

const amongMachines = block({
  name: 'Orders, provisioning, power and what comes back, among pretend machines',
  kind: 'simulated',
  width: 20,
  cells: [...deliveredOrderCells, ...provisioningCells, ...powerCells, ...flappingCells, ...machineReturnCells],
  open: () => openHouse({ machines: MACHINES }),
  async check(house) {
    const invariants = await house.check();
    await clearTheHall(house);
    return invariants;
  },
  close: (house) => house.close(),
});

/** Every block of the matrix; a file of cells puts itself in here. */
export const blocks: readonly Block[] = [underSkippedTime, schedules, alone, amongMachines, ...realBlocks];

/** Cells with nothing to run. */
export const told: readonly ToldCell[] = [...shownOfMoney, ...shownElsewhere, ...toldReal];
