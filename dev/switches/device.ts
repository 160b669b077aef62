import { contains, including } from '../../gateways/switch/port-list.js';
import type { StateFile } from '../state-file.js';
import type { PretendSwitch } from './switch-list.js';

export interface Port {
  readonly ifIndex: number;
  readonly bridgePort: number;
  readonly speedMbit: number;
  up: boolean;
  /** Whether something that is switched on hangs at the other end of the cable. */
  cabled: boolean;
  alias: string;
  pvid: number;
  /** Octets as decimal digits: JSON has no integers of 64 bits. */
  inOctets: string;
  outOctets: string;
}

/** PortLists in hex. */
export interface Vlan {
  readonly id: number;
  egress: string;
  untagged: string;
}

export interface DeviceState {
  bootedAt: string;
  readonly ports: Port[];
  readonly vlans: Vlan[];
}

/** What a new device remembers: every port down, untagged in VLAN 1, but for those in use already. */
export function freshState({ ports, firstIfIndex, speedMbit, vlans, preset }: PretendSwitch, now: Date): DeviceState {
  const lists = new Map<number, Buffer>([1, ...vlans].map((id) => [id, Buffer.alloc(Math.ceil(ports / 8))]));
  const made = Array.from({ length: ports }, (_, at): Port => {
    const { up = false, vlan = 1, alias = '' } = preset.find(({ ifIndex }) => ifIndex === firstIfIndex + at) ?? {};
    const members = lists.get(vlan);
    if (!members) throw new Error(`port ${firstIfIndex + at} is in VLAN ${vlan}, which is not among the switch's own`);
    lists.set(vlan, including(members, at + 1));
    const counters = { inOctets: '0', outOctets: '0' };
    return {
      ifIndex: firstIfIndex + at,
      bridgePort: at + 1,
      speedMbit,
      up,
      cabled: false,
      alias,
      pvid: vlan,
      ...counters,
    };
  });
  const hex = (list: Buffer) => list.toString('hex');
  return {
    bootedAt: now.toISOString(),
    ports: made,
    vlans: [...lists].sort(([a], [b]) => a - b).map(([id, list]) => ({ id, egress: hex(list), untagged: hex(list) })),
  };
}

/** One pretend switch. What is set stands at once in its file. */
export class Device {
  constructor(
    readonly name: string,
    private readonly file: StateFile<DeviceState>,
    private readonly now: () => Date,
  ) {}

  get ports(): readonly Port[] {
    return this.file.state.ports;
  }

  get vlans(): readonly Vlan[] {
    return this.file.state.vlans;
  }

  port(ifIndex: number): Port | undefined {
    return this.ports.find((port) => port.ifIndex === ifIndex);
  }

  /** In hundredths of a second, as sysUpTime counts. */
  upTime(): number {
    return Math.floor((this.now().getTime() - Date.parse(this.file.state.bootedAt)) / 10) % 2 ** 32;
  }

  change(setting: () => void): void {
    setting();
    this.file.save();
  }

  untaggedIn({ bridgePort }: Port): number[] {
    return this.vlans.filter(({ untagged }) => contains(Buffer.from(untagged, 'hex'), bridgePort)).map(({ id }) => id);
  }

  egressIn({ bridgePort }: Port): number[] {
    return this.vlans.filter(({ egress }) => contains(Buffer.from(egress, 'hex'), bridgePort)).map(({ id }) => id);
  }

  /** Frames pass a port that is up, has a link, and may leave untagged the VLAN that it puts them into. */
  carries(port: Port): boolean {
    const { pvid } = port;
    return isOperational(port) && this.untaggedIn(port).includes(pvid) && this.egressIn(port).includes(pvid);
  }

  /** In octets as the switch sees them: in is what the machine sends. */
  count(port: Port, inOctets: number, outOctets: number): void {
    if (!this.carries(port)) return;
    port.inOctets = counted(port.inOctets, inOctets);
    port.outOctets = counted(port.outOctets, outOctets);
    this.file.saveSoon();
  }

  /** A restart: counters and up-time begin anew, the configuration stays. */
  restart(): void {
    this.change(() => {
      this.file.state.bootedAt = this.now().toISOString();
      for (const port of this.ports) Object.assign(port, { inOctets: '0', outOctets: '0' });
    });
  }

  close(): void {
    this.file.save();
  }
}

export function isOperational({ up, cabled }: Port): boolean {
  return up && cabled;
}

function counted(octets: string, more: number): string {
  return String((BigInt(octets) + BigInt(Math.round(more))) % 2n ** 64n);
}
