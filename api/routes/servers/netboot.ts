import { join } from 'node:path';
import type { Response } from 'express';
import { z } from 'zod';
import { createAccessTokens } from '../../../gateways/access-tokens.js';
import { installScript, localBootScript } from '../../../gateways/netboot/netboot.js';
import { Installation } from '../../../models/servers/installation.js';
import { Service } from '../../../models/services/service.js';
import { isProvisioningAddress } from '../../../rules/network/provisioning-networks.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

export interface NetbootDeps {
  /** Signs the installers' tokens. */
  readonly linkKey: string;
  /** Where machines that boot over the network reach us. */
  readonly netbootUrl: string;
  /** Folder of installers, `<system>/kernel` and `<system>/initrd`; without one, images that name themselves. */
  readonly netbootImages?: string | undefined;
  /** As CIDR: where machines boot; none named are the inner ones. */
  readonly netbootNetworks?: readonly string[] | undefined;
}

const right = { token: 'installation' } as const;
const files = ['kernel', 'initrd'];
const asking = z.object({
  mac: z.string().regex(/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i),
  serial: z.string().min(1).max(100),
});
const plainName = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

/** What a machine that starts from the network is told: nothing, unless an installation stands open for this very one. */
export function netbootRoutes({
  linkKey,
  netbootUrl,
  netbootImages,
  netbootNetworks = [],
}: NetbootDeps): RouteDeclaration[] {
  const tokens = createAccessTokens(linkKey);

  async function boot({ query, ip = '' }: PathRequest, response: Response): Promise<void> {
    const asked = asking.safeParse(query);
    const script =
      asked.success && isProvisioningAddress(ip, netbootNetworks) ? await scriptFor(asked.data) : localBootScript();
    response.type('text/plain').send(script);
  }

  async function scriptFor({ mac, serial }: z.infer<typeof asking>): Promise<string> {
    const installation = await Installation.query()
      .joinRelated('server')
      .where({ 'server.mac': mac, 'server.serial': serial })
      .whereIn('installations.status', ['waiting', 'started'])
      .first();
    const system = installation && (await systemOf(installation));
    if (!installation || !system) return localBootScript();
    return installScript({ baseUrl: netbootUrl, token: tokens.installation(installation.id), system });
  }

  function image({ params }: PathRequest, response: Response): void {
    const { system = '', file = '' } = params;
    if (!plainName.test(system) || !files.includes(file)) response.sendStatus(404);
    else if (netbootImages) sendFrom(netbootImages, join(system, file), response);
    else response.type('application/octet-stream').send(`Quartermaster installer\nsystem: ${system}\npart: ${file}\n`);
  }

  return [
    { method: 'get', path: '/netboot/boot.ipxe', right, handle: boot },
    { method: 'get', path: '/netboot/images/:system/:file', right, handle: image },
  ];
}

async function systemOf({ serviceId }: Installation): Promise<string | undefined> {
  const service = await Service.query().findById(serviceId).withGraphFetched('orderLine');
  return service?.orderLine?.system;
}

function sendFrom(root: string, path: string, response: Response): void {
  response.sendFile(path, { root, dotfiles: 'deny' }, (error) => {
    if (error && !response.headersSent) response.sendStatus(404);
  });
}
