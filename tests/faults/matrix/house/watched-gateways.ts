import { type Bmcs, BmcUnreachable } from '../../../../gateways/bmc/bmc.js';
import { type Mailer, MailerUnavailable } from '../../../../gateways/mailer.js';
import { type Payments, PaymentsUnavailable } from '../../../../gateways/payments/payments.js';
import type { Probe } from '../../../../gateways/probe/probe.js';
import { type Switches, SwitchUnreachable } from '../../../../gateways/switch/switch.js';
import { around } from './life.js';

/** Calls that change something outside; all others only ask. */
const acts = new Set([
  ...['createCharge', 'confirmCharge', 'cancelCharge', 'refundCharge', 'send', 'configurePort'],
  ...['powerOn', 'powerOff', 'powerCycle', 'reset', 'bootFromNetworkOnce', 'bootFromDisk'],
]);

/** What answers at once, without a call, or call by call as it is read. */
const answering = new Set(['readEvent', 'movements']);

/** The gateways as they are, each call a deed of the activity that makes it. */
export function watchedGateways<Deps extends Gateways>(deps: Deps): Deps {
  return {
    ...deps,
    payments: watched(deps.payments, () => new PaymentsUnavailable('the answer was lost')),
    mailer: watched(deps.mailer, () => new MailerUnavailable('the answer was lost')),
    probe: watched(deps.probe, () => new Error('the answer was lost')),
    bmcs: (access) => watched(deps.bmcs(access), () => new BmcUnreachable('the answer was lost')),
    switches: (access) => watched(deps.switches(access), () => new SwitchUnreachable('the answer was lost')),
  };
}

interface Gateways {
  readonly payments: Payments;
  readonly mailer: Mailer;
  readonly probe: Probe;
  readonly bmcs: Bmcs;
  readonly switches: Switches;
}

function watched<Gateway extends object>(gateway: Gateway, lost: () => Error): Gateway {
  return new Proxy(gateway, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || answering.has(String(name))) return member;
      const touches = acts.has(String(name)) ? 'outside' : 'nothing';
      return (...args: unknown[]) =>
        around({ touches, lost }, async () => Reflect.apply(member, target, args) as Promise<unknown>);
    },
  });
}
