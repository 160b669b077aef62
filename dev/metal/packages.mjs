import { existsSync } from 'node:fs';
import { onPath } from '../prepare.mjs';

const libraries = '/usr/lib/x86_64-linux-gnu';

/** What a machine in QEMU takes, by the names of Debian's packages; its kernel and boot loader are for x86 alone. */
export const metalPackages = [
  { package: 'openipmi', there: () => onPath('ipmi_sim') },
  { package: 'ipmitool', there: () => onPath('ipmitool') },
  { package: 'qemu-system-x86', there: () => onPath('qemu-system-x86_64') },
  { package: 'ipxe-qemu', there: () => existsSync('/usr/lib/ipxe/qemu/pxe-virtio.rom') },
  { package: 'cpio', there: () => onPath('cpio') },
  { package: 'libdevmapper1.02.1', there: () => existsSync(`${libraries}/libdevmapper.so.1.02.1`) },
];

/** Whether this computer could run one at all, were the packages there. */
export const mayRunMetal =
  process.platform === 'linux' && process.arch === 'x64' && ['apt-get', 'dpkg-deb', 'setpriv', 'script'].every(onPath);

/** What is missing for a machine in QEMU, in words; nothing where it can run. */
export function missingForMetal() {
  if (!mayRunMetal) return 'a machine in QEMU needs Debian or Ubuntu on x86-64';
  const missing = metalPackages.filter(({ there }) => !there()).map((each) => each.package);
  return missing.length > 0 ? `there is no ${missing.join(', no ')} here` : undefined;
}
