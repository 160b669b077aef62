import { type Body, mention, reach, report } from './body.js';
import { installedFrom, readAnswers } from './installer.js';
import { noOverride, type Stage } from './machine-state.js';
import { type NetbootOrder, readScript } from './netboot-script.js';
import { Halted } from './steps.js';

const NETBOOT_TRIES = 10;
const PROGRESS_PARTS = 10;

/** What a machine does in each stage, and what it does next; nothing next is standing still. */
export const stages: Readonly<Record<Stage, (body: Body) => Promise<Stage | undefined>>> = {
  off: async () => undefined,
  halted: async () => undefined,

  async starting(body) {
    await body.take('starting');
    return 'post';
  },

  async stopping(body) {
    await body.take('stopping');
    return 'off';
  },

  async cycling(body) {
    await body.take('stopping');
    return 'starting';
  },

  async post(body) {
    body.say('POST');
    body.state.starts = (body.state.starts ?? 0) + 1;
    body.save();
    await body.cable.plug(body.known, true).catch(() => undefined);
    await body.take('post');
    const { BootSourceOverrideEnabled: enabled, BootSourceOverrideTarget: target } = body.state.boot;
    if (enabled === 'Once') body.state.boot = { ...noOverride };
    return enabled !== 'Disabled' && target === 'Pxe' ? 'netboot' : 'disk_boot';
  },

  netboot,
  installing: install,

  async disk_boot(body) {
    if (!body.state.disk) throw new Halted('No bootable device');
    body.say('GRUB loading');
    await body.manner('disk_boot');
    await body.take('disk_boot');
    return 'running';
  },

  async running(body) {
    const { disk } = body.state;
    body.say(`${disk?.hostname} login:`);
    if (!disk?.tell) return undefined;
    try {
      await report(body, disk.tell, 'booted', { serial: body.known.serial }, Number.POSITIVE_INFINITY);
      delete disk.tell;
      body.save();
    } catch (error) {
      if (!(error instanceof Halted)) throw error;
      body.say(error.message); // the system is up whether anybody wants to know or not
    }
    return undefined;
  },
};

async function netboot(body: Body): Promise<Stage> {
  const { serial, mac, uuid } = body.known;
  const manner = await body.manner('netboot');
  if (manner === 'silent') return 'disk_boot';
  if (!(await body.cable.port(body.known)).carries) return skipped(body, 'net0: link down');

  const asked = manner === 'wrong' ? { mac, serial: `OTHER-${serial}`, uuid } : { mac, serial, uuid };
  const url = `${body.netbootUrl}/netboot/boot.ipxe?${new URLSearchParams(asked)}`;
  const script = await reach(body, url, {}, NETBOOT_TRIES);
  if (script?.status !== 200) return skipped(body, `${url}: ${script?.status ?? 'timed out'}`);
  try {
    const order = readScript(script.text);
    return order ? await load(body, order) : 'disk_boot';
  } catch (error) {
    if (error instanceof Halted || body.signal.aborted) throw error;
    return skipped(body, String(error));
  }
}

async function load(body: Body, { kernel, initrd, arguments: given }: NetbootOrder): Promise<Stage> {
  await body.manner('fetch');
  for (const file of [kernel, initrd]) {
    const got = await reach(body, file, {}, NETBOOT_TRIES);
    if (got?.status !== 200 || got.text === '') throw new Error(`${file}: ${got?.status ?? 'timed out'}`);
  }
  const url = given.get('qm.url');
  const token = given.get('qm.token');
  if (!url || !token) throw new Halted('installer: qm.url and qm.token are not on the command line');
  body.state.installation = { callBack: { url, token }, started: false, percent: 0 };
  return 'installing';
}

/** iPXE gives up, and the firmware tries its next device. */
function skipped(body: Body, words: string): Stage {
  body.say(`iPXE: ${words}`);
  return 'disk_boot';
}

async function install(body: Body): Promise<Stage> {
  const { installation } = body.state;
  const { serial, mac } = body.known;
  if (!installation) throw new Halted('installer: its memory is gone');
  const { callBack } = installation;
  installation.answers ??= await readAnswers(body, callBack);
  if (!installation.started) await report(body, callBack, 'started', { serial, mac });
  installation.started = true;
  body.save();

  while (installation.percent < 100) {
    if (installation.percent === 50) await body.manner('install');
    await body.take('installing', 1 / PROGRESS_PARTS);
    installation.percent += 100 / PROGRESS_PARTS;
    body.save();
    await mention(body, callBack, installation.percent, doingAt(installation.percent));
  }

  await report(body, callBack, 'installed', { serial, disks: installedFrom(body.known) });
  const { system, hostname, addresses } = installation.answers;
  body.state.disk = { system, hostname, addresses: [...addresses], tell: callBack };
  delete body.state.installation;
  return 'post';
}

function doingAt(percent: number): string {
  if (percent <= 20) return 'partitioning';
  return percent <= 80 ? 'copying' : 'configuring';
}
