import { z } from 'zod';
import type { Machine } from '../machine.js';
import { powerState } from '../machine-state.js';
import { badProperty, RedfishError } from './errors.js';
import { bootTargets, type ResetType, resetTypes } from './resources.js';

const resetBody = z.strictObject({ ResetType: z.enum(resetTypes) });

const bootBody = z.strictObject({
  Boot: z.strictObject({
    BootSourceOverrideEnabled: z.enum(['Disabled', 'Once', 'Continuous']).optional(),
    BootSourceOverrideTarget: z.enum(bootTargets).optional(),
    BootSourceOverrideMode: z.enum(['UEFI', 'Legacy']).optional(),
  }),
});

const buttons: Readonly<Record<ResetType, 'on' | 'off' | 'restart' | 'cycle' | 'toggle'>> = {
  On: 'on',
  ForceOn: 'on',
  ForceOff: 'off',
  GracefulShutdown: 'off',
  GracefulRestart: 'restart',
  ForceRestart: 'restart',
  PowerCycle: 'cycle',
  PushPowerButton: 'toggle',
};

/** As most service processors do, it refuses to switch on what is on and to switch off or restart what is off. */
export function reset(machine: Machine, body: unknown): void {
  const { ResetType } = valid(resetBody, body);
  const isOff = ['Off', 'PoweringOff'].includes(powerState(machine.state));
  const button = buttons[ResetType];
  const pressed = button === 'toggle' ? (isOff ? 'on' : 'off') : button;
  if ((pressed === 'on') !== isOff) {
    const words = `The system is ${powerState(machine.state)}: ${ResetType} cannot be done in this state.`;
    throw new RedfishError(409, 'ResourceInUse', words);
  }
  machine.press(pressed);
}

export function setBoot(machine: Machine, body: unknown): void {
  const { Boot } = valid(bootBody, body);
  machine.setBoot({ ...machine.state.boot, ...Boot });
}

function valid<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const { data, error } = shape.safeParse(body);
  if (error) throw badProperty(z.prettifyError(error));
  return data;
}
