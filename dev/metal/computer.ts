import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { MachinePapers } from '../machines/machine-list.js';
import { spawnWithUs } from './spawn-with-us.js';

export interface ComputerOptions {
  readonly papers: MachinePapers;
  /** Where its disk lies. */
  readonly folder: string;
  /** TCP, of its serial port. */
  readonly consolePort: number;
  /** Of the shop, on this machine, as iPXE asks for its script. */
  readonly netbootUrl: string;
  powerChanged(on: boolean): void;
}

const DISK_BYTES = 256 * 1024 * 1024;
const MEMORY_MB = 256;
/** The shop goes before the machines that it sells. */
const NICENESS = 10;
const MONITOR_MS = 3_000;
const TRIED_AGAIN_MS = 10_000;

/** A computer in QEMU, always emulated: with the host's own virtualisation iPXE has been seen to hang. */
export class Computer {
  private process: ChildProcess | undefined;

  constructor(private readonly options: ComputerOptions) {}

  get isOn(): boolean {
    return this.process !== undefined;
  }

  async on(from: 'network' | 'disk'): Promise<void> {
    if (this.process) return;
    await this.insistOnDisk();
    const { folder } = this.options;
    const started = spawnWithUs(['qemu-system-x86_64', ...this.arguments(from)], folder);
    this.process = started;
    this.options.powerChanged(true);
    const ended = () => {
      if (this.process !== started) return;
      this.process = undefined;
      this.options.powerChanged(false);
    };
    started.once('exit', ended).once('error', ended);
    if (started.pid !== undefined) setPriority(started.pid, NICENESS);
  }

  /** As when the cable is pulled. With `silently` nobody is told: the machine room closes, the machine was not switched off. */
  async off({ silently = false } = {}): Promise<void> {
    const running = this.process;
    if (!running) return;
    this.process = undefined;
    if (!silently) this.options.powerChanged(false);
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }

  /** QEMU begins anew, since a boot device is known to it from its start; its power is never said to be off. */
  async reset(from: 'network' | 'disk'): Promise<void> {
    if (!this.process) return;
    await this.off({ silently: true });
    await this.on(from);
  }

  /** A command to QEMU's monitor, once it listens. */
  async monitor(command: string): Promise<void> {
    const socket = connect(join(this.options.folder, 'monitor'));
    socket.setTimeout(MONITOR_MS, () => socket.destroy(new Error('the monitor does not answer')));
    await new Promise<void>((resolve, reject) => {
      let prompts = 0;
      socket.on('data', (words) => {
        prompts += words.toString('latin1').split('(qemu) ').length - 1;
        if (prompts === 1) socket.write(`${command}\n`);
        if (prompts > 1) socket.end(resolve);
      });
      socket.once('error', reject);
    });
  }

  private async insistOnDisk(): Promise<void> {
    const disk = join(this.options.folder, 'disk.img');
    if (existsSync(disk)) return;
    await writeFile(disk, '', { mode: 0o600 });
    await truncate(disk, DISK_BYTES);
  }

  /** An empty disk is passed over for the network; where nothing can be booted the firmware goes round again, as many do. */
  private arguments(from: 'network' | 'disk'): string[] {
    const { papers, consolePort, netbootUrl } = this.options;
    const { id, serial, uuid, mac, model } = papers;
    const script = `${netbootUrl}/netboot/boot.ipxe?mac=\${net0/mac}&serial=\${serial}&uuid=\${uuid}`;
    const smbios = ['type=1', 'manufacturer=Quartermaster', `product=${model}`, `serial=${serial}`, `uuid=${uuid}`];
    return [
      ...['-name', id, '-M', 'q35,graphics=off', '-accel', 'tcg', '-cpu', 'max', '-smp', '1', '-m', String(MEMORY_MB)],
      ...['-display', 'none', '-vga', 'none', '-monitor', 'unix:monitor,server=on,wait=off'],
      ...['-serial', `tcp:127.0.0.1:${consolePort},server=on,wait=off`],
      ...['-smbios', smbios.join(',')],
      ...['-boot', `order=cn${from === 'network' ? ',once=n' : ''},strict=on,reboot-timeout=${TRIED_AGAIN_MS}`],
      ...['-netdev', `user,id=net,bootfile=${script}`, '-device', `virtio-net-pci,netdev=net,mac=${mac}`],
      ...['-drive', 'file=disk.img,format=raw,if=virtio,cache=unsafe'],
    ];
  }
}
