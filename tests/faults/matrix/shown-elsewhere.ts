import type { ToldCell } from './cell.js';
import { shown } from './shown.js';

const placing = 'models/orders/order-placement.test.ts';
const bmc = 'tests/contracts/bmc-faults.test.ts';
const orders = 'workflows/orders/order.test.ts';

/** What other tests show besides: races, service processors, stops, processes that are killed. */
export const shownElsewhere: readonly ToldCell[] = [
  shown(
    ['order', 'placing', 'twenty race for the last machine'],
    ['F16'],
    ['WFL-01'],
    placing,
    'gives the last machine to one of twenty',
  ),
  shown(
    ['order', 'placing', 'twenty order at once while there are twenty'],
    ['F16'],
    ['WFL-01'],
    placing,
    'gives each of twenty who order at once a machine of their own',
  ),
  shown(
    ['order', 'cancelOrder', 'in the moment in which the bank takes the money'],
    ['F17'],
    ['BIL-05', 'WFL-01'],
    orders,
    'pays back what the bank took in the moment it was cancelled',
  ),
  shown(
    ['order', 'cancelOrder', 'once the disks are being written'],
    ['F17'],
    ['WFL-03'],
    orders,
    'cannot be cancelled once the disks are being written',
  ),
  shown(
    ['serverProvisioning', 'checkMachine', 'the service processor answers for another machine'],
    ['F15'],
    ['WFL-03'],
    bmc,
    'shows by its serial number a BMC that answers for another machine',
  ),
  shown(
    ['serverProvisioning', 'setNetworkBoot', 'is taken and forgotten'],
    ['F15'],
    ['WFL-03'],
    bmc,
    'finds out a BMC that takes the boot setting and forgets it',
  ),
  shown(
    ['serverProvisioning', 'openPort', 'the switch loses answers'],
    ['F13'],
    ['WFL-03'],
    'activities/network/network.test.ts',
    'a switch that does not answer is tried again later',
  ),
  shown(
    ['serverProvisioning', 'assignAddresses', 'given back within its quarantine'],
    ['F16'],
    ['WFL-03'],
    'models/network/address-reservation.test.ts',
    'what came back rests thirty days',
  ),
  shown(
    ['powerCommand', 'requestPower', 'twenty people at once'],
    ['F17'],
    ['WFL-06'],
    'models/servers/power-request.test.ts',
    'of twenty at once one is taken',
  ),
  shown(
    ['powerCommand', 'pushPower', 'the BMC resets the session, hangs or refuses'],
    ['F15'],
    ['WFL-06'],
    bmc,
    'unreachable, until it is back',
  ),
  shown(
    ['every process', 'new code', 'takes up every history that was recorded'],
    ['F6'],
    ['WFL-01'],
    'tests/histories/replay.test.ts',
    'goes on under this code',
  ),
  shown(
    ['every process', 'two webs and two workers', 'one of each is killed'],
    ['F1', 'F6'],
    ['WFL-01'],
    'tests/faults/side-by-side.test.ts',
    'an order goes through while one of each is killed',
  ),
  shown(
    ['serverProvisioning', 'leaveHold', 'called off while a step waits at a stop'],
    ['F17'],
    ['WFL-03'],
    'workflows/servers/server-provisioning-stop.test.ts',
    'is given back when the customer changes their mind at the stop',
  ),
  shown(
    ['powerCommand', 'leaveHold', 'called off while a step waits at a stop'],
    ['F17'],
    ['WFL-06'],
    'workflows/durable/holds.test.ts',
    'a process that is cancelled at a stop ends there',
  ),
  {
    ...{ process: 'serviceCancellation', step: 'the disks are being wiped', fault: 'kill -9 of anything' },
    ...{ groups: ['F1'], features: ['WFL-04'] },
    because:
      'nothing wipes by itself yet: the machine of an ended service rests, cut off and switched off, until it is wiped',
  },
  {
    ...{ process: 'invoicePayment', step: 'suspension for want of payment', fault: 'suspended and let on by turns' },
    ...{ groups: ['F17'], features: ['BIL-06'] },
    because:
      'nothing is suspended for want of payment yet, and a service that ends is suspended once, for ever; what comes nearest is a machine that is switched off and on by turns, below powerCommand',
  },
];
