import { randomUUID } from 'node:crypto';
import { sleep } from '@temporalio/activity';
import { DeviceLease } from '../../models/servers/device-lease.js';
import { heartbeating } from './heartbeats.js';

/** Somebody else speaks to the device just now; the activity is tried again. */
export class DeviceBusy extends Error {
  override name = 'DeviceBusy';
}

const HELD_MS = 20_000;
const RENEWED_EVERY_MS = 5_000;
const ASKED_EVERY_MS = 500;
const WAITED_FOR_MS = 30_000;

/**
 * Speaks to a device while nobody else does, across workers. The lease is by the clock of the wall, whatever time the
 * process lives in: it says whose commands are on the wire.
 */
export function withDevice<Result>(device: string, work: () => Promise<Result>): Promise<Result> {
  return heartbeating(async () => {
    const holder = randomUUID();
    await wait(device, holder);
    const renewing = setInterval(() => void take(device, holder).catch(() => {}), RENEWED_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      await DeviceLease.giveBack(device, holder);
    }
  });
}

async function wait(device: string, holder: string): Promise<void> {
  const until = Date.now() + WAITED_FOR_MS;
  while (!(await take(device, holder))) {
    if (Date.now() > until) throw new DeviceBusy(`${device} is spoken to by somebody else`);
    await sleep(ASKED_EVERY_MS);
  }
}

function take(device: string, holder: string): Promise<boolean> {
  const now = Date.now();
  return DeviceLease.take(device, holder, new Date(now), new Date(now + HELD_MS));
}
