import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isRoot } from '../launcher/cache.js';

const run = promisify(execFile);
const sources = join(import.meta.dirname, 'system');
/** What a virtual machine's disk and network card need; what is built into the kernel is not there to copy. */
const modules = `virtio virtio_ring virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci failover net_failover
  virtio_net virtio_blk`.split(/\s+/);
/** Somebody waits, and can do without. */
const impatient = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::Retries=0'];
const LOADER_SECTORS = 2047;
const SECTOR = 512;
const ABANDONED_MS = 3_600_000;

/** Where the kernel and the initrd of these sources are or will be. */
export function imagesIn(cache: string): { folder: string; there: boolean } {
  const hash = createHash('sha256');
  for (const file of [...readdirSync(sources)].sort()) hash.update(file).update(readFileSync(join(sources, file)));
  hash.update(readFileSync(import.meta.filename));
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  return { folder, there: existsSync(join(folder, 'initrd')) };
}

/**
 * A small system's `kernel` and `initrd` out of Debian's packages, which are unpacked and not installed; the initrd
 * installs it and starts it. Needs apt-get, dpkg-deb and cpio; some 30 MB are fetched.
 */
export async function buildImages(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await clearAbandoned(dirname(folder));
  const work = await mkdtemp(`${folder}-building-`);
  try {
    const unpacked = await unpack(work);
    const images = join(work, 'images');
    const tree = join(work, 'initrd');
    await mkdir(images);
    const [version = ''] = await readdir(join(unpacked, 'lib/modules'));
    await copyFile(join(unpacked, 'boot', `vmlinuz-${version}`), join(images, 'kernel'));
    await fill(tree, unpacked, version);
    await makeLoader(join(tree, 'loader'), unpacked);
    await writeFile(join(images, 'initrd'), await packed(tree));
    for (const file of ['kernel', 'initrd']) await chmod(join(images, file), 0o644);
    await rename(images, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, 'initrd'))) throw error; // else another shop was first
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What a build left that was stopped in the middle. */
async function clearAbandoned(cache: string): Promise<void> {
  for (const name of (await readdir(cache)).filter((name) => name.includes('-building-'))) {
    const path = join(cache, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Every system of the catalogue is this one, under the names that have a folder in `offered`. */
export async function offerImages(folder: string, offered: string): Promise<void> {
  for (const system of await readdir(offered)) {
    for (const file of ['kernel', 'initrd']) {
      const link = join(offered, system, `${file}.new`);
      await rm(link, { force: true });
      await symlink(join(folder, file), link);
      await rename(link, join(offered, system, file));
    }
  }
}

async function unpack(work: string): Promise<string> {
  const downloads = join(work, 'packages');
  const unpacked = join(work, 'unpacked');
  await mkdir(downloads);
  await download(downloads).catch(async (error: unknown) => {
    if (!isRoot) throw error;
    await run('apt-get', ['update', ...impatient]); // the package lists may be old, or not there
    await download(downloads);
  });
  for (const file of await readdir(downloads)) await run('dpkg-deb', ['-x', join(downloads, file), unpacked]);
  return unpacked;
}

async function download(to: string): Promise<void> {
  const { stdout } = await run('apt-cache', ['depends', 'linux-image-cloud-amd64']);
  const [, kernel] = /Depends: (linux-image-\S+)/.exec(stdout) ?? [];
  if (!kernel) throw new Error('the package lists have no linux-image-cloud-amd64');
  const packages = [kernel, 'busybox-static', 'grub-pc-bin', 'grub-common'];
  await run('apt-get', ['download', '-q', ...impatient, ...packages], { cwd: to });
}

/** `/init` with what it runs on, and under `/system` what it copies to the disk. */
async function fill(tree: string, unpacked: string, version: string): Promise<void> {
  const folders = ['bin', 'modules', 'loader', 'proc', 'sys', 'dev', 'mnt', 'system/bin', 'system/etc/init.d'];
  for (const folder of [...folders, 'system/boot/grub']) await mkdir(join(tree, folder), { recursive: true });
  const busybox = join(unpacked, 'bin/busybox');
  for (const place of ['bin/busybox', 'system/bin/busybox']) await copyFile(busybox, join(tree, place));
  const known = await readdir(join(unpacked, 'lib/modules', version), { recursive: true });
  for (const path of known.filter((path) => modules.some((name) => path.endsWith(`/${name}.ko`)))) {
    await copyFile(join(unpacked, 'lib/modules', version, path), join(tree, 'modules', path.split('/').at(-1) ?? ''));
  }
  await copyFile(join(sources, 'init'), join(tree, 'init'));
  await copyFile(join(sources, 'rcS'), join(tree, 'system/etc/init.d/rcS'));
  await copyFile(join(sources, 'inittab'), join(tree, 'system/etc/inittab'));
  await copyFile(join(sources, 'grub.cfg'), join(tree, 'system/boot/grub/grub.cfg'));
  for (const program of ['init', 'system/etc/init.d/rcS']) await chmod(join(tree, program), 0o755);
  await writeFile(join(tree, 'system/etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  await writeFile(join(tree, 'system/etc/group'), 'root:x:0:\n');
  await writeFile(join(tree, 'system/etc/issue'), '\\n \\l\n');
}

/** GRUB for a BIOS: 440 bytes for the first sector, the rest between it and the first partition. */
async function makeLoader(to: string, unpacked: string): Promise<void> {
  const grub = join(unpacked, 'usr/lib/grub/i386-pc');
  await copyFile(join(grub, 'boot.img'), join(to, 'boot.img'));
  const parts = ['biosdisk', 'part_msdos', 'ext2', 'normal', 'linux', 'echo'];
  const place = ['-d', grub, '-O', 'i386-pc', '-p', '(hd0,msdos1)/boot/grub', '-o', join(to, 'core.img')];
  await run(join(unpacked, 'usr/bin/grub-mkimage'), [...place, ...parts]);
  if ((await stat(join(to, 'core.img'))).size > LOADER_SECTORS * SECTOR) throw new Error('GRUB is too large');
}

async function packed(tree: string): Promise<Buffer> {
  const files = ['.', ...(await readdir(tree, { recursive: true }))].map((file) => `${file}\n`).join('');
  const packing = run('cpio', ['--quiet', '-o', '-H', 'newc', '-R', '0:0'], {
    cwd: tree,
    encoding: 'buffer',
    maxBuffer: 100_000_000,
  });
  packing.child.stdin?.end(files);
  return promisify(gzip)((await packing).stdout);
}
