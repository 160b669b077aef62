import express, { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Account } from '../account.js';
import { newId } from '../ids.js';
import { expanded } from './expand.js';
import { ApiFailure } from './failures.js';
import type { Fault, Faults } from './faults.js';
import { fingerprint, type InFlight, keptAnswer } from './idempotency.js';
import { keyKindOf, secretKeyRequired } from './keys.js';
import { parsed } from './parameters.js';

export interface Call {
  /** From the path. */
  readonly id: string;
  readonly publishable: boolean;
  /** The simulator's own address, as the caller reached it. */
  readonly origin: string;
}

type Handler<Shape extends z.ZodType> = (input: z.output<Shape>, call: Call) => object;
type Method = 'GET' | 'POST' | 'DELETE';

export interface Api {
  readonly routes: Router;
  /** Every call, as it is declared. */
  readonly calls: readonly { readonly method: Method; readonly path: string }[];
  /** `forPages`: a publishable key will do, together with the client secret that the handler checks. */
  on<Shape extends z.ZodType>(
    method: Method,
    path: string,
    shape: Shape,
    handler: Handler<Shape>,
    options?: { forPages?: boolean },
  ): void;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The part that is the same for each call: key, parameters, idempotency, faults, one commit, errors. */
export function createApi(account: Account, faults: Faults, changed: () => void): Api {
  const routes = Router();
  const calls: { method: Method; path: string }[] = [];
  const inFlight: InFlight = new Set();
  routes.use(express.urlencoded({ extended: true, verify: keepRawBody }), (_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'request-id': newId('req') });
    next();
  });

  return {
    routes,
    calls,
    on(method, path, shape, handler, { forPages = false } = {}) {
      calls.push({ method, path });
      routes[method.toLowerCase() as 'get' | 'post' | 'delete'](path, async (request, response) => {
        const fault = faults.take(method, request.baseUrl + request.path);
        try {
          await answer(request, response, fault, () => {
            const publishable = keyKindOf(request) === 'publishable';
            if (publishable && !forPages) throw secretKeyRequired();
            const { key: _, ...given } = { ...request.query, ...request.body };
            const input = parsed(shape, given);
            const call = { id: String(request.params.id ?? ''), publishable, origin: originOf(request) };
            const expand = (input as { expand?: string[] }).expand ?? [];
            return () => expanded(account, handler(input, call), expand);
          });
        } catch (error) {
          if (!(error instanceof ApiFailure)) throw error;
          send(response, failureAnswer(error));
        }
      });
    },
  };

  async function answer(request: Request, response: Response, fault: Fault | undefined, prepare: () => () => object) {
    if (fault?.kind === 'drop_before') return void request.socket.destroy();
    if (fault?.kind === '429') throw tooMany();
    if (fault?.kind === '500_before') throw broken('before');
    const act = prepare();
    const key = request.method === 'POST' ? request.get('idempotency-key') : undefined;
    const asked = fingerprint(request.method, request.baseUrl + request.path, rawBody.get(request) ?? '');
    const kept = key === undefined ? undefined : keptAnswer(account, inFlight, key, asked);
    if (kept) {
      response.set({ 'idempotent-replayed': 'true', 'original-request': kept.requestId });
      return deliver(request, response, fault, kept);
    }
    if (fault?.kind === 'slow') await held(key, fault.ms);
    const requestId = String(response.get('request-id'));
    const made = account.commit({ requestId, key: key ?? null }, () => {
      const outcome = run(act, fault);
      const created = account.now();
      if (key !== undefined) account.answers.put({ id: key, request: asked, requestId, created, ...outcome });
      return outcome;
    });
    if (key !== undefined) response.set('idempotency-key', key);
    changed();
    return deliver(request, response, fault, made);
  }

  async function held(key: string | undefined, ms: number): Promise<void> {
    if (key !== undefined) inFlight.add(key);
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (key !== undefined) inFlight.delete(key);
  }
}

/** A refusal is an answer: what it changed is kept, and it is kept under the key, as is a failure of the provider's own. */
function run(act: () => object, fault: Fault | undefined): Answer {
  try {
    const answer = { status: 200, body: JSON.stringify(act()) };
    return fault?.kind === '500_after' ? failureAnswer(broken('after')) : answer;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return failureAnswer(error);
  }
}

function deliver(request: Request, response: Response, fault: Fault | undefined, answer: Answer): void {
  if (fault?.kind === 'drop_answer') request.socket.destroy();
  else if (fault?.kind !== 'timeout') send(response, answer);
}

function send(response: Response, { status, body }: Answer): void {
  response.status(status).type('json').send(body);
}

function failureAnswer({ status, error }: ApiFailure): Answer {
  return { status, body: JSON.stringify({ error }) };
}

function tooMany(): ApiFailure {
  const message = 'Request rate limit exceeded.';
  return new ApiFailure(429, { type: 'invalid_request_error', code: 'rate_limit', message });
}

function broken(when: 'before' | 'after'): ApiFailure {
  return new ApiFailure(500, { type: 'api_error', message: `Something went wrong, ${when} the change was kept.` });
}

const rawBody = new WeakMap<object, string>();

function keepRawBody(request: object, _response: unknown, body: Buffer): void {
  rawBody.set(request, body.toString());
}

function originOf(request: Request): string {
  return `${request.protocol}://${request.get('host')}`;
}
