import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { progress } from './progress.mjs';

const root = join(import.meta.dirname ?? '.', '..');
const NEEDED_NODE = [20, 20];

/** What Node itself must be, before anything else is tried. */
export function insistOnNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED_NODE;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  console.error(`Quartermaster needs Node ${NEEDED_NODE.join('.')} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages when `node_modules` is missing or was made from another lock file or for another Node. */
export async function installPackages() {
  const marker = join(root, 'node_modules/.quartermaster');
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  // not `npm ci`: it refuses a lock file that lacks other platforms' packages, which some registries do not carry
  const command = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await progress('Installing packages', run('npm', command));
  if (code !== 0) {
    console.error(`The packages could not be installed (npm ${command.join(' ')}):\n${output.trimEnd()}`);
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}\n`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/**
 * As root on Debian or Ubuntu the system packages that are missing are installed; elsewhere the line that would is printed,
 * and one goes on without.
 * @param {readonly { package: string, there: () => boolean }[]} needed
 */
export async function installSystemPackages(needed) {
  const missing = needed.filter(({ there }) => !there()).map((each) => each.package);
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  const line = `apt-get update && apt-get ${install.join(' ')} ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    console.log(`Without ${missing.join(', ')}. As root on Debian or Ubuntu this would install them:\n  ${line}`);
    return;
  }
  const impatient = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::Retries=0'];
  const update = ['update', ...impatient, '-o', 'DPkg::Lock::Timeout=300'];
  const lists = await progress('Reading the package lists', run('apt-get', update));
  const together = await progress(`Installing ${missing.join(', ')}`, run('apt-get', [...install, ...missing]));
  if (together.code === 0) return;
  if (lists.code !== 0) return console.log(`Going on without ${missing.join(', ')}: the package lists cannot be read.`);
  for (const name of missing) {
    const { code, output } = await progress(`Installing ${name} alone`, run('apt-get', [...install, name]));
    if (code !== 0) console.log(`Going on without ${name}: ${output.trimEnd().split('\n').slice(-3).join('\n')}`);
  }
}

/** @param {string} program */
export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** @param {string} pattern of a font's family, as fontconfig writes it */
export function hasFont(pattern) {
  return spawnSync('fc-list', [pattern, 'family'], { encoding: 'utf8' }).stdout?.trim().length > 0;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(program, args) {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const shell = process.platform === 'win32';
    const child = spawn(program, args, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
