import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../tests/support/failure.js';
import { type BmcAccess, BmcRefused, BmcUnreachable } from './bmc.js';
import { createIpmiBmc } from './ipmi.js';

/** Against a program in the place of `ipmitool` that says what service processors were seen to say, and worse. */
const ipmi = suite('IPMI driver');
let folder: string;
let ipmitool: string;

const access: BmcAccess = {
  driver: 'ipmi',
  address: 'bmc-7.example:6230',
  username: 'shop',
  password: 'secret-of-bmc-7',
};
const connect = (differing: Partial<BmcAccess> = {}, timeoutMs = 2_000) =>
  createIpmiBmc({ ...access, ...differing }, { ipmitool, timeoutMs });

ipmi.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ipmitool-'));
  ipmitool = join(folder, 'ipmitool');
});
ipmi.after(() => rm(folder, { recursive: true }));

/** `answers`: shell `case` arms over the whole command line. */
async function behaves(answers: string): Promise<void> {
  await rm(join(folder, 'calls'), { force: true });
  const log = `printf '%s|%s\\n' "$*" "$IPMI_PASSWORD" >> '${folder}/calls'`;
  await writeFile(ipmitool, `#!/bin/sh\n${log}\ncase "$*" in\n${answers}\nesac\n`);
  await chmod(ipmitool, 0o755);
}

const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
const says = (text: string) => `*) printf '%s\\n' '${text}' ;;`;
const fails = (stderr: string) => `*) printf '%s\\n' '${stderr}' >&2; exit 1 ;;`;
const flags = (bytes: string) => `Boot parameter data: ${bytes}`;

ipmi('[SVC-10] gives the password by the environment and never as an argument', async () => {
  await behaves(says('Chassis Power is on'));
  assert.is(await connect({ cipherSuite: 3 }).powerState(), 'on');
  const [call = ''] = await calls();
  const [line, password] = call.split('|');
  assert.is(line, '-v -I lanplus -N 1 -R 1 -C 3 -H bmc-7.example -p 6230 -U shop -E chassis power status');
  assert.is(password, 'secret-of-bmc-7');
});

ipmi('[SVC-10] speaks cipher suite 17 to port 623 where nothing else is known', async () => {
  await behaves(says('Chassis Power is off'));
  await connect({ address: '[2001:db8::7]' }).powerState();
  assert.match((await calls())[0] ?? '', '-C 17 -H 2001:db8::7 -p 623');
});

for (const { what, answer, read } of [
  { what: 'nothing', answer: '' },
  { what: 'another language', answer: 'Leistung: an' },
  { what: 'two states at once', answer: 'Chassis Power is on\nChassis Power is off' },
  { what: 'a state nobody knows', answer: 'Chassis Power is melting' },
  { what: 'its state among noise', answer: 'Running Get PICMG Properties\nChassis Power is off ', read: 'off' },
]) {
  ipmi(`[SVC-10] asked for the power and answered ${what}, ${read ? `reads ${read}` : 'refuses'}`, async () => {
    await behaves(says(answer));
    if (read) assert.is(await connect().powerState(), read);
    else assert.instance(await failureOf(connect().powerState()), BmcRefused);
  });
}

for (const { what, fru, serial } of [
  { what: "the product's", fru: ' Chassis Serial        : CH-1\n Product Serial        : 3KX-9 7 ', serial: '3KX-9 7' },
  { what: "the chassis's where the product has none", fru: ' Chassis Serial        : CH-1', serial: 'CH-1' },
  { what: 'none of a board', fru: ' Board Serial          : B-1' },
  { what: 'none where two stand', fru: ' Product Serial        : A\n Product Serial        : B' },
  { what: 'none where it is empty', fru: ' Product Serial        : ' },
]) {
  ipmi(`[SVC-10] takes as a machine's serial number ${what}`, async () => {
    await behaves(says(fru));
    if (serial) assert.is(await connect().serial(), serial);
    else assert.instance(await failureOf(connect().serial()), BmcRefused);
  });
}

for (const { what, before, after, refused } of [
  { what: 'a setting that is read back', before: '0000000000', after: '8004000000' },
  { what: 'a setting on a board that calls none valid', before: '0000000000', after: '0004000000' },
  { what: 'forgetting', before: '0000000000', after: '0000000000', refused: true },
  { what: 'a setting for every start', before: '0000000000', after: 'c004000000', refused: true },
  { what: 'an old, used-up setting', before: '0004000000', after: '0004000000', refused: true },
  { what: 'a setting where a used-up one stood', before: '0004000000', after: '8004000000' },
  { what: 'an answer cut short', before: '0000000000', after: '8004', refused: true },
]) {
  ipmi(`[SVC-10] to boot from the network ${refused ? 'does not take' : 'takes'} ${what}`, async () => {
    const told = `[ -f ${folder}/told ] && echo '${flags(after)}' || echo '${flags(before)}'`;
    await rm(join(folder, 'told'), { force: true });
    await behaves(`*'bootdev pxe') touch ${folder}/told ;; *'bootdev none') ;; *) ${told} ;;`);
    if (refused) assert.instance(await failureOf(connect().bootFromNetworkOnce()), BmcRefused);
    else await connect().bootFromNetworkOnce();
  });
}

ipmi('[SVC-10] finds out a board that goes on to boot from the network', async () => {
  await behaves(`*'bootdev none') ;; *) echo '${flags('8004000000')}' ;;`);
  assert.instance(await failureOf(connect().bootFromDisk()), BmcRefused);
});

for (const { stderr, sorted } of [
  { stderr: '> RAKP 2 HMAC is invalid', sorted: BmcRefused },
  { stderr: 'RAKP 2 message indicates an error : unauthorized name', sorted: BmcRefused },
  { stderr: 'Error in open session response message : invalid authentication algorithm', sorted: BmcRefused },
  { stderr: 'Set Chassis Power Control to Up/On failed: Insufficient privilege level', sorted: BmcRefused },
  {
    stderr: 'Set Chassis Power Control to Up/On failed: Command not supported in present state',
    sorted: BmcUnreachable,
  },
  { stderr: 'Set Chassis Power Control to Up/On failed: Node busy', sorted: BmcUnreachable },
  { stderr: 'Error in open session response message : insufficient resources for session', sorted: BmcUnreachable },
  { stderr: 'Error: Unable to establish IPMI v2 / RMCP+ session', sorted: BmcUnreachable },
  { stderr: 'Address lookup for bmc-7.example failed', sorted: BmcUnreachable },
]) {
  ipmi(`[SVC-10] sorts "${stderr}" as ${sorted.name}`, async () => {
    const noise = 'Invalid completion code received: Invalid command';
    await behaves(`*status) echo 'Chassis Power is off' ;; ${fails(`${noise}\n${stderr}`)}`);
    assert.instance(await failureOf(connect().powerOn()), sorted);
  });
}

ipmi('[SVC-10] calls a BMC unreachable that answers too slowly, and does not wait for it', async () => {
  await behaves('*) exec sleep 5 ;;');
  const begun = Date.now();
  assert.instance(await failureOf(connect({}, 300).powerState()), BmcUnreachable);
  assert.ok(Date.now() - begun < 3_000);
});

ipmi('[SVC-10] says of a worker without ipmitool that it lacks it, and blames no machine', async () => {
  const failure = await failureOf(createIpmiBmc(access, { ipmitool: join(folder, 'nothing') }).powerOn());
  assert.instance(failure, BmcUnreachable);
  assert.match(String(failure), 'not installed');
});

ipmi('[SVC-10] refuses a password that IPMI would cut, without saying it', async () => {
  await behaves(says('Chassis Power is on'));
  const failure = await failureOf(connect({ password: 'longer than twenty bytes' }).powerState());
  assert.instance(failure, BmcRefused);
  assert.not.match(String(failure), 'longer than twenty');
});

ipmi.run();
