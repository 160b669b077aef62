import { setTimeout as pause } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { type Bmc, type BmcAccess, BmcRefused, BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { type BmcBench, type BmcKind, ipmiBench, redfishBench, type Seen } from '../support/bmc-benches.js';
import { failureOf } from '../support/failure.js';
import { until } from '../support/hardware.js';
import { suiteUnless } from '../support/skipping.js';

/** A machine that booted from the network against its orders would have asked by then. */
const SETTLED_MS = 300;

/** What every service processor must do, whatever language it speaks and whoever stands behind it. */
function holds({ name, missing, open }: BmcKind): void {
  const contract = suiteUnless(missing, `[SVC-10] BMC contract, ${name}`);
  let bench: BmcBench;
  let bmc: Bmc;

  const connect = (differing: Partial<BmcAccess> = {}) => createBmcs()({ ...bench.access, ...differing });
  const becomes = (state: string) => until(async () => (await bmc.powerState()) === state);
  const since = () => {
    const before = { ...bench.seen() };
    return (): Seen => {
      const { starts, netboots, losses } = bench.seen();
      return {
        starts: starts - before.starts,
        netboots: netboots - before.netboots,
        losses: losses - before.losses,
      };
    };
  };

  contract.before(async () => {
    bench = await open();
    bmc = connect();
    await until(async () => (await bmc.powerState().catch(() => undefined)) === 'off');
  });
  contract.before.each(async () => {
    await bmc.powerOff();
    await becomes('off');
    await bmc.bootFromDisk();
  });
  contract.after(() => bench.discard());

  contract('tells the serial number of its machine', async () => {
    assert.is(await bmc.serial(), bench.serial);
  });

  contract('switches a machine on, and off again', async () => {
    const change = since();
    await bmc.powerOn();
    await becomes('on');
    await bmc.powerOff();
    await becomes('off');
    assert.equal(change(), { starts: 1, netboots: 0, losses: 1 });
  });

  contract('switching to what it is already is success and disturbs nothing', async () => {
    await bmc.powerOff();
    await bmc.powerOn();
    await becomes('on');
    const change = since();
    await bmc.powerOn();
    assert.equal(change(), { starts: 0, netboots: 0, losses: 0 });
  });

  contract('cycles the power: off for a moment, then on by itself', async () => {
    await bmc.powerOn();
    await becomes('on');
    await until(() => bench.seen().starts > 0);
    const change = since();
    await bmc.powerCycle();
    await until(() => change().starts === 1);
    await becomes('on');
    assert.equal(change(), { starts: 1, netboots: 0, losses: 1 });
  });

  contract('resets without taking the power', async () => {
    await bmc.powerOn();
    await becomes('on');
    const change = since();
    await bmc.reset();
    await until(() => change().starts === 1);
    assert.is(await bmc.powerState(), 'on');
    assert.is(change().losses, 0);
  });

  contract('restarts nothing that is off', async () => {
    const change = since();
    assert.instance(await failureOf(bmc.powerCycle()), BmcRefused);
    assert.instance(await failureOf(bmc.reset()), BmcRefused);
    assert.is(await bmc.powerState(), 'off');
    assert.equal(change(), { starts: 0, netboots: 0, losses: 0 });
  });

  contract('boots from the network once, and then as usual', async () => {
    const change = since();
    await bmc.bootFromNetworkOnce();
    await bmc.bootFromNetworkOnce();
    await bmc.powerOn();
    await until(() => change().netboots === 1);
    await bmc.reset();
    await until(() => change().starts === 2);
    await pause(SETTLED_MS);
    assert.is(change().netboots, 1);
  });

  contract('takes a network boot back', async () => {
    const change = since();
    await bmc.bootFromNetworkOnce();
    await bmc.bootFromDisk();
    await bmc.bootFromDisk();
    await bmc.powerOn();
    await until(() => change().starts === 1);
    await pause(SETTLED_MS);
    assert.is(change().netboots, 0);
  });

  contract('refuses wrong credentials without saying them', async () => {
    for (const differing of [{ password: 'not this one' }, { username: 'nobody' }]) {
      const failure = await failureOf(connect(differing).powerState());
      assert.instance(failure, BmcRefused);
      assert.not.match(String(failure), 'not this one');
    }
  });

  contract('calls it unreachable where nobody listens', async () => {
    assert.instance(await failureOf(connect({ address: bench.nowhere }).powerOn()), BmcUnreachable);
  });

  contract('refuses what is no address', async () => {
    for (const address of ['', 'a b', '-h', '/etc/passwd', 'http://']) {
      assert.instance(await failureOf(connect({ address }).serial()), BmcRefused, address);
    }
  });

  contract.run();
}

for (const kind of [redfishBench, ipmiBench]) holds(kind);
