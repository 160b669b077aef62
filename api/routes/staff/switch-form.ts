import type { Response } from 'express';
import type { Sealer } from '../../../gateways/sealing.js';
import { SwitchDevice } from '../../../models/network/switch-device.js';
import { addSwitch, changeSwitch } from '../../../models/network/switch-entry.js';
import { Site } from '../../../models/servers/site.js';
import { typedText } from '../../forms/fields.js';
import { parseSwitch } from '../../forms/staff/switch.js';
import { presentSwitchForm, type SwitchFormInput } from '../../presenters/staff/switch-form.js';
import { addressOfSwitch } from '../../presenters/staff/switches.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

export interface SwitchFormDeps {
  /** Seals what switches are spoken to with; nothing here opens it. */
  readonly sealer: Sealer;
  readonly now: () => Date;
}

/** Switches are entered with all their ports, and how they are reached is put right. */
export function switchFormRoutes({ sealer, now }: SwitchFormDeps): RouteDeclaration[] {
  const right = { staff: 'hardware:change' } as const;

  async function show(response: Response, input: Omit<SwitchFormInput, 'sites'>): Promise<void> {
    const sites = await Site.query().orderBy('code');
    response.render('staff/switch-form', presentSwitchForm(response.locals.language, { sites, ...input }));
  }

  async function add(request: PathRequest, response: Response): Promise<void> {
    const typed = typedText(request.body);
    const refuse = (wrong: SwitchFormInput['wrong']) => show(response.status(422), { name: undefined, typed, wrong });
    const form = parseSwitch(request.body, { isNew: true });
    if ('wrong' in form) return refuse(form.wrong.map((field) => ({ field, problem: 'wrong' })));
    const { reach, secret = '', ports } = form;
    if (!ports) throw new TypeError('a new switch has ports');
    const { name, site: siteId, beginning, count, firstIndex, speed: speedMbit } = ports;
    const row = { ...reach, name, siteId, communitySealed: sealer.seal(secret) };
    const entry = { ...row, ports: { beginning, count, firstIndex, speedMbit } };
    const outcome = await addSwitch(entry, actOf(request, response, now()));
    if (outcome !== 'saved') return refuse([outcome]);
    response.redirect(303, addressOfSwitch(name));
  }

  async function edit({ params }: PathRequest, response: Response): Promise<void> {
    const { name, host, port, version } = await known(params);
    await show(response, { name, typed: { host, port: String(port), version }, wrong: [] });
  }

  async function change(request: PathRequest, response: Response): Promise<void> {
    const { name } = await known(request.params);
    const typed = typedText(request.body);
    const refuse = (wrong: SwitchFormInput['wrong']) => show(response.status(422), { name, typed, wrong });
    const form = parseSwitch(request.body, { isNew: false });
    if ('wrong' in form) return refuse(form.wrong.map((field) => ({ field, problem: 'wrong' })));
    const communitySealed = form.secret ? sealer.seal(form.secret) : undefined;
    const outcome = await changeSwitch(name, { ...form.reach, communitySealed }, actOf(request, response, now()));
    if (outcome !== 'saved') return refuse([outcome]);
    response.redirect(303, addressOfSwitch(name));
  }

  return [
    {
      method: 'get',
      path: '/staff/switches/new',
      right,
      handle: (_request, response) => show(response, { name: undefined, typed: {}, wrong: [] }),
    },
    { method: 'post', path: '/staff/switches', right, handle: add },
    { method: 'get', path: '/staff/switches/:name/edit', right, handle: edit },
    { method: 'post', path: '/staff/switches/:name', right, handle: change },
  ];
}

function known({ name }: PathRequest['params']): Promise<SwitchDevice> {
  return SwitchDevice.query()
    .findOne({ name: name ?? '' })
    .throwIfNotFound()
    .execute();
}
