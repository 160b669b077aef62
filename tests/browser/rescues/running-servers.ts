import * as assert from 'uvu/assert';
import { PowerCommand } from '../../../models/servers/power-command.js';
import { countHoldings } from '../../../models/services/holdings.js';
import { powerCommand } from '../../../workflows/messages/power-command.js';
import { serviceCancellation } from '../../../workflows/messages/service-cancellation.js';
import type { House } from '../../faults/matrix/house/house.js';
import { confirm, machineReturned } from '../../faults/matrix/stories/cancellations.js';
import { clearTheHall, machineOf } from '../../faults/matrix/stories/machines.js';
import { aRestart, timesOff } from '../../faults/matrix/stories/power.js';
import { rescue } from './rescue.js';

/** Of servers in use, what `elsewhere` does not show. */
export const runningServerRescues = [
  rescue({
    name: '[SVC-04] a restart that stopped is tried again, and the machine restarts once',
    reads: [/The machine’s state is read again/],
    decided: [['switchMachine', 'retry']],
    async begin(house: House) {
      await clearTheHall(house);
      const { command, before } = await aRestart(house);
      const subject = { commandId: command.id };
      const workflowId = powerCommand.workflowId(subject);
      house.refuseOnce(workflowId, 'pushPower');
      await house.start(powerCommand, subject);
      return { workflowId, command, before };
    },
    async end(house, { command: { id, serverId }, before }) {
      const { status, outcome } = await PowerCommand.query().findById(id).throwIfNotFound();
      assert.equal([status, outcome, timesOff(house, serverId) - before], ['done', 'restarted', 1]);
    },
  }),
  rescue({
    name: '[WFL-04] a cancellation goes on without switching its machine off, which is done by hand',
    reads: [/Switch it off by hand/],
    decided: [['switchOffServer', 'skip']],
    async begin(house: House) {
      await clearTheHall(house);
      const returned = await machineReturned.arrange(house);
      const subject = { cancellationId: returned.cancellation.id };
      const workflowId = serviceCancellation.workflowId(subject);
      house.refuseOnce(workflowId, 'powerOff');
      await house.start(serviceCancellation, subject);
      await house.clock.during(() => confirm(house, returned.cancellation));
      return { ...returned, workflowId };
    },
    async end(house, { cancellation, service, server }) {
      assert.is((await cancellation.$query()).status, 'ended');
      assert.is(await countHoldings(service.id, new Date()), 0);
      assert.is((await server.$query()).status, 'quarantined');
      const machine = machineOf(house, server.id);
      assert.is.not(machine.state.stage, 'off');
      machine.press('off');
    },
  }),
];
