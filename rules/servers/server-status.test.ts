import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  isRefittable,
  type ServerStatus,
  serverGroups,
  serverStatuses,
  serverStatusesBefore,
  staffMovesFrom,
  statusesWithData,
} from './server-status.js';

const states = suite('[STF-04] states of a machine');

const moves: readonly [ServerStatus, boolean, readonly ServerStatus[]][] = [
  ['new', false, ['testing']],
  ['testing', false, ['ready', 'failed_testing']],
  ['ready', false, ['testing']],
  ['leased', false, []],
  ['provisioning', true, []],
  ['in_service', true, []],
  ['suspended', true, []],
  ['releasing', true, []],
  ['quarantined', true, []],
  ['wiping', true, []],
  ['tested', true, ['ready']],
  ['failed_testing', false, ['testing']],
  ['failed_provisioning', false, ['testing', 'quarantined']],
  ['failed_provisioning', true, ['quarantined']],
  ['failed_releasing', true, ['quarantined']],
  ['failed_wiping', true, ['quarantined']],
];

for (const [from, disksUsed, to] of moves) {
  const disks = disksUsed ? 'with used disks' : 'with untouched disks';
  states(`from ${from}, ${disks}, staff may move to ${to.join(', ') || 'nothing'}`, () => {
    assert.equal(staffMovesFrom(from, { disksUsed }), to);
  });
}

states('every state is in the table of what staff may do', () => {
  assert.equal([...new Set(moves.map(([from]) => from))].sort(), [...serverStatuses].sort());
});

states('staff do nothing that the table of states does not know', () => {
  const astray = serverStatuses.flatMap((from) =>
    staffMovesFrom(from, { disksUsed: false })
      .filter((to) => !serverStatusesBefore(to).includes(from))
      .map((to) => `${from} → ${to}`),
  );
  assert.equal(astray, []);
});

/** Where a machine may come to, a step of anybody's at a time, without passing through a proven wipe. */
function reachable(from: ServerStatus): Set<ServerStatus> {
  const seen = new Set<ServerStatus>([from]);
  for (const status of seen) {
    const failed = status === 'failed_provisioning' ? staffMovesFrom(status, { disksUsed: true }) : undefined;
    const next = failed ?? serverStatuses.filter((to) => serverStatusesBefore(to).includes(status));
    for (const to of next) if (to !== 'tested') seen.add(to);
  }
  return seen;
}

for (const status of statusesWithData) {
  states(`nothing but a proven wipe leads from ${status} back to stock`, () => {
    assert.is(reachable(status).has('ready'), false);
    assert.is(reachable(status).has('testing'), false);
  });
}

states('every state is in one group of the list', () => {
  assert.equal(Object.values(serverGroups).flat().sort(), [...serverStatuses].sort());
});

states('what a machine is built of is changed while it is nobody’s', () => {
  const fixed = serverStatuses.filter((status) => !isRefittable(status));
  assert.equal(fixed, ['leased', 'provisioning', 'in_service', 'suspended', 'releasing', 'wiping']);
});

states.run();
