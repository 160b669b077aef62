import type { Response } from 'express';
import { Model } from 'objection';
import type { Sealer } from '../../../gateways/sealing.js';
import { Server } from '../../../models/servers/server.js';
import type { EntryProblem } from '../../../models/servers/server-conflicts.js';
import { addServer, changeServer, serverMark } from '../../../models/servers/server-entry.js';
import { productsToBuild, productToBuild, serverPlaces } from '../../../models/servers/server-places.js';
import { typedText } from '../../forms/fields.js';
import { parseServer } from '../../forms/staff/server.js';
import { Unprocessable } from '../../middleware/errors.js';
import { addressOfServer } from '../../presenters/staff/server.js';
import { presentProductChoice, presentServerForm, typedOf } from '../../presenters/staff/server-form.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

export interface ServerFormDeps {
  /** Seals the passwords of BMCs; nothing here opens one. */
  readonly sealer: Sealer;
  readonly now: () => Date;
}

type Typed = Readonly<Record<string, string>>;

/** Machines are entered by hand, and their records put right. */
export function serverFormRoutes({ sealer, now }: ServerFormDeps): RouteDeclaration[] {
  const right = { staff: 'hardware:change' } as const;

  async function show(
    response: Response,
    slug: string,
    { server, typed, wrong = [] }: { server?: Server; typed: Typed; wrong?: readonly EntryProblem[] },
  ): Promise<void> {
    const [product, products, places] = await Promise.all([
      productToBuild(slug),
      productsToBuild(),
      serverPlaces(server?.switchPortId),
    ]);
    const { language } = response.locals.reader;
    if (!product) return response.render('staff/server-product', presentProductChoice(language, products));
    const input = { product, products, ...places, server, typed, wrong };
    response.render('staff/server-form', presentServerForm(language, input));
  }

  async function edit({ params, query }: PathRequest, response: Response): Promise<void> {
    const server = await known(params.label ?? '');
    const typed = { ...typedOf(server, await builtOf(server.id)), seen: await serverMark(server) };
    const other = typeof query.product === 'string' ? query.product : '';
    const slug = other && (await productToBuild(other)) ? other : server.product.slug;
    await show(response, slug, { server, typed });
  }

  async function save(request: PathRequest, response: Response, server?: Server): Promise<void> {
    const typed = typedText(request.body);
    const product = await productToBuild(typed.product ?? '');
    if (!product) throw new Unprocessable('no such product');
    const form = parseServer(request.body, { product, known: server && { hasBmc: Boolean(server.bmc) } });
    const asked = { typed, ...(server && { server }) };
    if ('wrong' in form) return show(response.status(422), product.slug, { ...asked, wrong: form.wrong });
    const { entry, bmcPassword } = form;
    const passwordSealed = bmcPassword ? sealer.seal(bmcPassword) : undefined;
    const sealed = { ...entry, bmc: { ...entry.bmc, passwordSealed } };
    const label = server?.label ?? form.label;
    const act = actOf(request, response, now());
    const outcome = await (server ? changeServer(label, sealed, act, typed.seen) : addServer(label, sealed, act));
    if (outcome !== 'saved') {
      const isOld = server && outcome.wrong.some(({ problem }) => problem === 'changed');
      const again = isOld ? { typed: { ...typed, seen: await serverMark(server) } } : {};
      return show(response.status(isOld ? 409 : 422), product.slug, { ...asked, ...again, wrong: outcome.wrong });
    }
    response.redirect(303, addressOfServer(label));
  }

  return [
    {
      method: 'get',
      path: '/staff/servers/new',
      right,
      handle: ({ query }, response) =>
        show(response, typeof query.product === 'string' ? query.product : '', { typed: { height: '1' } }),
    },
    { method: 'post', path: '/staff/servers', right, handle: (request, response) => save(request, response) },
    { method: 'get', path: '/staff/servers/:label/edit', right, handle: edit },
    {
      method: 'post',
      path: '/staff/servers/:label',
      right,
      handle: async (request, response) => save(request, response, await known(request.params.label ?? '')),
    },
  ];
}

function known(label: string): Promise<Server> {
  return Server.query().findOne('servers.label', label).withGraphJoined('[product, bmc]').throwIfNotFound().execute();
}

/** Each option's chosen answer, by their keys. */
async function builtOf(serverId: string): Promise<Map<string, string>> {
  const rows = await Model.knex()('server_choices')
    .join('option_choices', 'option_choices.id', 'server_choices.choiceId')
    .join('product_options', 'product_options.id', 'option_choices.optionId')
    .where({ serverId })
    .select<{ option: string; choice: string }[]>('product_options.key as option', 'option_choices.key as choice');
  return new Map(rows.map(({ option, choice }) => [option, choice]));
}
