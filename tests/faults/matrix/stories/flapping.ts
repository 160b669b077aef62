import * as assert from 'uvu/assert';
import { PowerCommand } from '../../../../models/servers/power-command.js';
import { powerCommand } from '../../../../workflows/messages/power-command.js';
import { aStaffMember } from '../../../support/builders.js';
import { askForPower } from '../../../support/power.js';
import type { Cell } from '../cell.js';
import type { House } from '../house/house.js';
import { machineOf } from './machines.js';
import { aRunningService } from './provisioning.js';

const TIMES = 6;

/** Customer and staff switch one machine off and on by turns, both at once each time: one of the two is taken. */
const switchedByTurns: Cell<House> = {
  ...{ process: 'powerCommand', step: 'off and on by turns', fault: 'customer and staff ask at once, six times' },
  ...{ features: ['SVC-04', 'WFL-06'], groups: ['F17'] },
  run: (house) =>
    house.clock.during(async () => {
      const { service, server } = await aRunningService(house);
      const staff = await aStaffMember();
      const log = () => machineOf(house, server.id).state.log.map(({ message }) => message);
      const before = log().filter((message) => message === 'Power state: Off').length;
      for (let time = 0; time < TIMES; time++) {
        const asked = { command: time % 2 === 0 ? 'off' : 'on', at: new Date() } as const;
        const answers = await Promise.all([
          askForPower(service, asked),
          askForPower(service, { ...asked, by: { staff } }),
        ]);
        const taken = answers.flatMap((answer) => ('accepted' in answer ? [answer.accepted] : []));
        assert.is(taken.length, 1, 'one of two is taken');
        const subject = { commandId: taken[0]?.id ?? '' };
        await house.start(powerCommand, subject);
        await house.ended(powerCommand, subject);
      }
      const commands = await PowerCommand.query().where({ serverId: server.id }).orderBy('askedAt');
      assert.equal(
        commands.map(({ outcome }) => outcome),
        Array.from({ length: TIMES }, (_, time) => (time % 2 === 0 ? 'switched_off' : 'switched_on')),
      );
      assert.is(log().filter((message) => message === 'Power state: Off').length - before, TIMES / 2);
      return 'one of two is taken each time; off three times, and on in the end';
    }),
};

export const flappingCells: readonly Cell<House>[] = [switchedByTurns];
