import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { callIpmi } from '../../gateways/bmc/ipmi-call.js';
import { asHostName } from '../../rules/orders/host-name.js';
import { readSshKey } from '../../rules/orders/ssh-key.js';

const gate = suite('[SVC-10] [S17] no word of anybody’s reaches a shell');
const folder = mkdtempSync(join(tmpdir(), 'qm-no-shell-'));
const planted = join(folder, 'planted');
gate.after(() => rmSync(folder, { recursive: true }));

const rooms = [
  'rules',
  'workflows',
  'models',
  'gateways',
  'activities',
  'api',
  'collectors',
  'migrations',
  'temporal-config',
];
const sources = rooms
  .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => join(room, file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** What reads text as a program, and where it may stand nevertheless. */
const forbidden: readonly { what: string; pattern: RegExp; allowed?: readonly string[] }[] = [
  { what: 'starts programs', pattern: /child_process|node-pty|worker_threads/, allowed: ['gateways/bmc/ipmi-call.ts'] },
  { what: 'calls a shell', pattern: /\bexec(Sync)?\(\s*[^)]|shell:\s*(true|['"`])|\bexecSync\b/ },
  { what: 'runs text', pattern: /\beval\(|new Function\(|\bvm\b.*from 'node:vm'|setTimeout\(\s*['"`]/ },
  { what: 'reads objects out of text', pattern: /\bv8\b.*deserialize|from 'node:v8'|serialize-javascript/ },
  {
    what: 'builds a view from text',
    pattern: /Handlebars\.compile\(|handlebars\.compile\(/,
    allowed: ['api/middleware/view-templates.ts', 'gateways/letters.ts'],
  },
];

for (const { what, pattern, allowed = [] } of forbidden) {
  gate(`nothing of the product ${what}${allowed.length > 0 ? ` but ${allowed.join(', ')}` : ''}`, () => {
    const found = sources.filter(({ text }) => pattern.test(withoutPatterns(text))).map(({ file }) => file);
    assert.equal(
      found.filter((file) => !allowed.includes(file)),
      [],
    );
    assert.equal(
      allowed.filter((file) => !found.includes(file)),
      [],
      'the walk sees those that are allowed',
    );
  });
}

/** `pattern.exec(text)` asks a regular expression. */
function withoutPatterns(text: string): string {
  return text.replaceAll(/[\w\])/]\.exec\(/g, '.ask(');
}

gate(
  'the one program is started with its arguments one by one, and with no more of our environment than it needs',
  async () => {
    const { text = '' } = sources.find(({ file }) => file === 'gateways/bmc/ipmi-call.ts') ?? {};
    assert.match(text, "import { execFile } from 'node:child_process'");
    const ipmitool = join(folder, 'ipmitool');
    writeFileSync(ipmitool, `#!/bin/sh\nfor each in "$@"; do printf '%s\\n' "$each"; done\nenv | cut -d= -f1 | sort\n`);
    chmodSync(ipmitool, 0o755);
    for (const word of hostile.filter((each) => each.length <= 16)) {
      const access = { driver: 'ipmi', address: 'bmc-7.example', username: word, password: word } as const;
      const said = (await callIpmi(access, ['chassis', word], { ipmitool })).split('\n');
      assert.is(said[said.indexOf('-U') + 1], word, word);
      assert.is(said[said.indexOf('chassis') + 1], word, word);
      assert.equal(
        said.slice(said.indexOf('chassis') + 2).filter((name) => !/^(PWD|_|SHLVL|OLDPWD)?$/.test(name)),
        ['IPMI_PASSWORD', 'LC_ALL', 'PATH'],
      );
    }
    assert.not.ok(existsSync(planted));
  },
);

const hostile = [
  '$(id)',
  '`id`',
  ';id',
  '|id',
  '&&id',
  "';id;'",
  '";id;"',
  '--help',
  '-o/etc/passwd',
  '*',
  '~root',
  `$(touch ${planted})`,
  `;touch ${planted};`,
];

gate('an address of a BMC is a host and a port, and never an option or a command', async () => {
  for (const word of [
    ...hostile,
    '-H evil',
    'bmc;id',
    'bmc -v',
    '-bmc.example',
    'bmc.example:1;id',
    'bmc.example\n-v',
  ]) {
    const access = { driver: 'ipmi', address: word, username: 'shop', password: 'secret' } as const;
    const refused = await callIpmi(access, ['chassis'], { ipmitool: 'sh' }).then(
      () => 'called',
      (error: Error) => error.name,
    );
    assert.is(refused, 'BmcRefused', word);
  }
});

gate('a host name and a key of an order are none of these words, and no installer is told a word of its own', () => {
  for (const word of hostile) {
    assert.is(asHostName(word), undefined, word);
    if (/[^\w-]/.test(word)) assert.is(asHostName(`web-1${word}.example`), undefined, word);
    assert.ok('refused' in readSshKey(word), word);
    assert.ok('refused' in readSshKey(`ssh-ed25519 AAAA${word}`), word);
  }
});

gate.run();
