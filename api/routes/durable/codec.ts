import { timingSafeEqual } from 'node:crypto';
import type { Response } from 'express';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Lets staff read sealed payloads in the Temporal UI, which posts across origins and without cookies. */
export interface CodecDeps {
  /** Stands in the address; whoever has it can open what they hold. */
  readonly secret: string;
  /** Origin of the Temporal UI, the only page that may ask. */
  readonly uiOrigin: string;
  /** Nothing when these are not payloads sealed by us. */
  open(body: unknown): Promise<object | undefined>;
}

/** `/codec/<secret>/decode`; without a codec there is no such address. */
export function codecRoutes({ codec }: { readonly codec?: CodecDeps | undefined }): RouteDeclaration[] {
  if (!codec) return [];
  const { secret, uiOrigin, open } = codec;

  /** As if there were nothing, for whoever guesses. */
  function admits({ params }: PathRequest, response: Response): boolean {
    response.set({ 'Access-Control-Allow-Origin': uiOrigin, Vary: 'Origin', 'Cache-Control': 'no-store' });
    const [given, wanted] = [Buffer.from(params.secret ?? ''), Buffer.from(secret)];
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) return true;
    response.status(404).end();
    return false;
  }

  function allow(request: PathRequest, response: Response): void {
    if (!admits(request, response)) return;
    const headers = 'content-type, x-namespace, authorization';
    response.set({ 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': headers });
    response.status(204).end();
  }

  async function decode(request: PathRequest, response: Response): Promise<void> {
    if (!admits(request, response)) return;
    const opened = await open(request.body);
    if (opened) response.json(opened);
    else response.status(400).json({ message: 'these are not payloads of this shop' });
  }

  const path = '/codec/:secret/decode';
  const right = { token: 'codec' } as const;
  return [
    { method: 'options', path, right, body: 'json', handle: allow },
    { method: 'post', path, right, body: 'json', handle: decode },
  ];
}
