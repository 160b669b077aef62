import type { Response } from 'express';
import { addPrefix } from '../../../models/network/prefix-entry.js';
import { Vlan } from '../../../models/network/vlan.js';
import { Site } from '../../../models/servers/site.js';
import { typedText } from '../../forms/fields.js';
import { type FieldProblem, parsePrefix } from '../../forms/staff/prefix.js';
import { presentPrefixForm } from '../../presenters/staff/prefix-form.js';
import { addressOfPrefix } from '../../presenters/staff/prefixes.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

/** Prefixes are entered whole: what is given out of them is cut by the processes that need it. */
export function prefixFormRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const right = { staff: 'hardware:change' } as const;

  async function show(
    response: Response,
    typed: Readonly<Record<string, string>> = {},
    wrong: readonly FieldProblem[] = [],
  ): Promise<void> {
    const [sites, vlans] = await Promise.all([
      Site.query().orderBy('code'),
      Vlan.query().where({ purpose: 'shared' }).orderBy('number'),
    ]);
    response.render('staff/prefix-form', presentPrefixForm(response.locals.language, { sites, vlans, typed, wrong }));
  }

  async function add(request: PathRequest, response: Response): Promise<void> {
    const typed = typedText(request.body);
    const form = parsePrefix(request.body);
    if ('wrong' in form) return show(response.status(422), typed, form.wrong);
    const known = await Site.query().findById(form.value.siteId);
    if (!known) return show(response.status(422), typed, [{ field: 'site', problem: 'none' }]);
    const outcome = await addPrefix(form.value, actOf(request, response, now()));
    if (outcome !== 'added') return show(response.status(422), typed, [outcome]);
    response.redirect(303, addressOfPrefix(form.value.block.cidr));
  }

  return [
    { method: 'get', path: '/staff/prefixes/new', right, handle: (_request, response) => show(response) },
    { method: 'post', path: '/staff/prefixes', right, handle: add },
  ];
}
