import { type Bmc, type BmcAccess, BmcRefused, type PowerState } from './bmc.js';
import { callIpmi, type IpmiOptions } from './ipmi-call.js';

/** Boot device selectors (IPMI 2.0, table 28-14), with the words that `ipmitool` has for them. */
const selectors = { none: 0b0000, pxe: 0b0001 } as const;

interface BootFlags {
  readonly valid: boolean;
  readonly persistent: boolean;
  readonly selector: number;
}

/** IPMI 2.0 over the network by `ipmitool`: a session for each command, so that a dead worker leaves none open. */
export function createIpmiBmc(access: BmcAccess, options: IpmiOptions = {}): Bmc {
  const call = (...command: string[]) => callIpmi(access, command, options);

  /** What the pattern catches of an answer, or nothing; two answers at once are none that one could go by. */
  async function read(pattern: RegExp, ...command: string[]): Promise<string | undefined> {
    const [first, second] = [...(await call(...command)).matchAll(pattern)];
    if (second) throw new BmcRefused(`${access.address} answers "${command.join(' ')}" twice`);
    return first?.[1];
  }

  async function powerState(): Promise<PowerState> {
    const state = await read(/^Chassis Power is (on|off)\s*$/gm, 'chassis', 'power', 'status');
    if (state !== 'on' && state !== 'off') throw new BmcRefused(`${access.address} gives no power state`);
    return state;
  }

  const power = async (word: 'on' | 'off' | 'cycle' | 'reset') => void (await call('chassis', 'power', word));

  async function turn(wanted: PowerState): Promise<void> {
    if ((await powerState()) !== wanted) await power(wanted);
  }

  /** Boards differ in what they make of a cycle or a reset while off: some start. Here it is nobody's wish. */
  async function restart(word: 'cycle' | 'reset'): Promise<void> {
    if ((await powerState()) === 'off') throw new BmcRefused(`${access.address} is off: there is nothing to restart`);
    await power(word);
  }

  async function bootFlags(): Promise<BootFlags> {
    const bytes = await read(/^Boot parameter data: ([0-9a-f]{10})\s*$/gim, 'chassis', 'bootparam', 'get', '5');
    if (!bytes) throw new BmcRefused(`${access.address} gives no boot flags`);
    const [first = 0, second = 0] = Buffer.from(bytes, 'hex');
    return { valid: (first & 0x80) !== 0, persistent: (first & 0x40) !== 0, selector: (second >> 2) & 0x0f };
  }

  async function setBoot(device: keyof typeof selectors): Promise<BootFlags> {
    await call('chassis', 'bootdev', device);
    return bootFlags();
  }

  return {
    async serial() {
      const fru = ['fru', 'print', '0'];
      const serial =
        (await read(/^ *Product Serial +: *(\S.*?) *$/gm, ...fru)) ??
        (await read(/^ *Chassis Serial +: *(\S.*?) *$/gm, ...fru));
      if (!serial) throw new BmcRefused(`${access.address} gives no serial number`);
      return serial;
    },
    powerState,
    powerOn: () => turn('on'),
    powerOff: () => turn('off'),
    powerCycle: () => restart('cycle'),
    reset: () => restart('reset'),

    /**
     * Some service processors never call the flags valid, and a used-up setting keeps its selector: what stands there
     * is wiped first, so that what is read back was written now.
     */
    async bootFromNetworkOnce() {
      const found = await bootFlags();
      const before = found.selector === selectors.pxe ? await setBoot('none') : found;
      const { valid, persistent, selector } = await setBoot('pxe');
      if (selector === selectors.pxe && !persistent && (valid || before.selector !== selectors.pxe)) return;
      const words = persistent ? 'for every start' : `selector ${selector}${valid ? '' : ', not valid'}`;
      throw new BmcRefused(`${access.address} took the boot setting but reads ${words}`);
    },

    /** Flags that are not valid count for nothing, whatever they point to. */
    async bootFromDisk() {
      const { valid, selector } = await setBoot('none');
      if (!valid || selector === selectors.none) return;
      throw new BmcRefused(`${access.address} was told to boot as usual but reads selector ${selector}`);
    },
  };
}
