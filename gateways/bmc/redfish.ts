import { z } from 'zod';
import { type Bmc, type BmcAccess, BmcRefused, BmcUnreachable } from './bmc.js';
import { callRedfish, parsed, type RedfishOptions, type RedfishRequest } from './redfish-call.js';

const RESET = '#ComputerSystem.Reset';

const resetAction = z.object({
  target: z.string(),
  'ResetType@Redfish.AllowableValues': z.array(z.string()).optional(),
});
/** What we read of a ComputerSystem (DMTF DSP0268); everything else may be there or not. */
const computerSystem = z.object({
  SerialNumber: z.string().nullish(),
  PowerState: z.enum(['On', 'Off', 'PoweringOn', 'PoweringOff', 'Paused']),
  Boot: z
    .object({ BootSourceOverrideEnabled: z.string().nullish(), BootSourceOverrideTarget: z.string().nullish() })
    .optional(),
  Actions: z.object({ [RESET]: resetAction.optional() }).optional(),
});
type ComputerSystem = z.infer<typeof computerSystem>;

type BootOverride = { BootSourceOverrideEnabled: string; BootSourceOverrideTarget: string };
const networkOnce = { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' };
const fixedOrder = { BootSourceOverrideEnabled: 'Disabled', BootSourceOverrideTarget: 'None' };

/** Redfish (DMTF DSP0266) with basic authentication: no session is left behind when a worker dies. */
export function createRedfishBmc(access: BmcAccess, options: RedfishOptions = {}): Bmc {
  const call = (request: RedfishRequest) => callRedfish(access, request, options);

  async function system(): Promise<{ state: ComputerSystem; etag?: string }> {
    const { body, headers } = await call({ method: 'GET' });
    const { data } = computerSystem.safeParse(parsed(body));
    if (!data) throw new BmcRefused(`${access.address} is not a ComputerSystem`);
    return { state: data, etag: headers.etag };
  }

  async function turn(ResetType: string, wanted: 'on' | 'off'): Promise<void> {
    const { state } = await system();
    if (!isGoing(state, wanted)) await push(state, [ResetType]);
  }

  async function restart(types: readonly string[]): Promise<void> {
    const { state } = await system();
    if (isGoing(state, 'off')) throw new BmcRefused(`${access.address} is off: there is nothing to restart`);
    await push(state, types);
  }

  /** The first of these that is offered; a service that does not say what it offers is asked for the first. */
  async function push({ Actions }: ComputerSystem, types: readonly string[]): Promise<void> {
    const action = Actions?.[RESET];
    const allowed = action?.['ResetType@Redfish.AllowableValues'] ?? types;
    const ResetType = types.find((type) => allowed.includes(type));
    if (!action || !ResetType) throw new BmcRefused(`${access.address} does not offer the reset ${types.join(' or ')}`);
    await call({ method: 'POST', path: action.target, body: { ResetType } });
  }

  async function setBoot(wanted: BootOverride): Promise<void> {
    const { state, etag } = await system();
    if (isSet(state, wanted)) return;
    const { status } = await call({ method: 'PATCH', body: { Boot: wanted }, etag });
    const { state: after } = await system();
    if (isSet(after, wanted)) return;
    const words = `${access.address} took the boot setting but reads ${JSON.stringify(after.Boot)}`;
    throw status === 202 ? new BmcUnreachable(`${words} so far`) : new BmcRefused(words);
  }

  return {
    async serial() {
      const { SerialNumber } = (await system()).state;
      if (!SerialNumber) throw new BmcRefused(`${access.address} gives no serial number`);
      return SerialNumber;
    },
    async powerState() {
      const { PowerState } = (await system()).state;
      return PowerState === 'Off' || PowerState === 'PoweringOn' ? 'off' : 'on';
    },
    powerOn: () => turn('On', 'on'),
    powerOff: () => turn('ForceOff', 'off'),
    powerCycle: () => restart(['PowerCycle', 'FullPowerCycle']),
    reset: () => restart(['ForceRestart']),
    bootFromNetworkOnce: () => setBoot(networkOnce),
    bootFromDisk: () => setBoot(fixedOrder),
  };
}

function isGoing({ PowerState }: ComputerSystem, wanted: 'on' | 'off'): boolean {
  return (wanted === 'on' ? ['On', 'PoweringOn'] : ['Off', 'PoweringOff']).includes(PowerState);
}

/** Disabled, or aimed at nothing, are the same: the usual order, whatever stands in the other half. */
function isSet({ Boot }: ComputerSystem, wanted: BootOverride): boolean {
  const { BootSourceOverrideEnabled: enabled, BootSourceOverrideTarget: target } = Boot ?? {};
  if (wanted === fixedOrder) return enabled === 'Disabled' || target === 'None';
  return enabled === wanted.BootSourceOverrideEnabled && target === wanted.BootSourceOverrideTarget;
}
