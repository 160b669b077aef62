import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const FILE = new URL('../../../shared/data/stripe/spec3.json', import.meta.url);

/** One call as it went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly answer: unknown;
}

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly parameters?: readonly { name: string; in: string }[];
  readonly requestBody?: { content: Record<string, { schema: { properties?: Record<string, Schema> } }> };
  readonly responses: Record<string, { content: Record<string, { schema: Schema }> }>;
}
interface Interface {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema & { properties?: Schema }> };
}

export const missingInterface = existsSync(FILE) ? undefined : `Stripe's interface is not at ${FILE.pathname}`;

/** What Stripe publishes of its interface, as a judge of calls. */
export interface Judge {
  faultsOf(exchange: Exchange): string[];
  /** Of an event, with the object in it, as it goes to a receiver. */
  faultsOfEvent(event: { readonly type: string; readonly data: object }): string[];
}

export function stripeInterface(): Judge {
  const spec = JSON.parse(readFileSync(FILE, 'utf8'), nullable) as Interface;
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false });
  ajv.addSchema({ components: spec.components }, 'stripe');
  const validators = new Map<string, ValidateFunction>();
  const kindsOfEvents = parametersOfEndpoints(spec).enabled_events?.items?.enum ?? [];
  const paths = Object.keys(spec.paths).map((path) => [path, patternOf(path)] as const);

  return {
    faultsOf({ method, path, sent, status, answer }) {
      const [template] = paths.find(([, pattern]) => pattern.test(path)) ?? [''];
      const operation = spec.paths[template]?.[method.toLowerCase()];
      if (!operation) return [`${method} ${path}: no such call`];
      const known = parametersOf(operation);
      const unknown = status === 200 ? Object.keys(sent).filter((name) => !known.has(name)) : [];
      const schema = operation.responses[status === 200 ? '200' : 'default']?.content['application/json']?.schema;
      const valid = schema && validator(`${method} ${template} ${status === 200}`, schema);
      const wrong = valid && !valid(answer) ? (valid.errors ?? []) : [];
      return [
        ...unknown.map((name) => `${method} ${template}: nobody knows the parameter ${name}`),
        ...wrong.map(({ instancePath, message }) => `${method} ${template}: ${instancePath} ${message}`),
        ...invented(answer).map((name) => `${method} ${template}: answers the field ${name}`),
      ];
    },

    faultsOfEvent(event) {
      const known = kindsOfEvents.includes(event.type) ? [] : [`nobody knows the event ${event.type}`];
      const { object } = event.data as { object: { object: string } };
      return [...known, ...faultsOfObject({ object: 'event', ...event }), ...faultsOfObject(object)];
    },
  };

  function faultsOfObject(given: { readonly object: string }): string[] {
    const kind = given.object;
    const valid = validator(kind, { $ref: `#/components/schemas/${kind}` });
    const wrong = valid(given) ? [] : (valid.errors ?? []);
    return [
      ...wrong.map(({ instancePath, message }) => `${kind}: ${instancePath} ${message}`),
      ...invented(given).map((name) => `has the field ${name}`),
    ];
  }

  function validator(name: string, schema: Schema): ValidateFunction {
    const known = validators.get(name);
    if (known) return known;
    const made = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"stripe#/')) as Schema);
    validators.set(name, made);
    return made;
  }

  /** Fields that Stripe's objects do not have; the interface itself allows them everywhere. */
  function invented(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(invented);
    if (typeof value !== 'object' || value === null) return [];
    const { object, deleted } = value as { object?: unknown; deleted?: unknown };
    const known = spec.components.schemas[`${deleted ? 'deleted_' : ''}${object}`]?.properties;
    const own = known ? Object.keys(value).filter((name) => !(name in known)) : [];
    return [...own.map((name) => `${object}.${name}`), ...Object.values(value).flatMap(invented)];
  }
}

/** The kinds of events that a receiver may ask for are all that there are. */
function parametersOfEndpoints({ paths }: Interface): Record<string, { items?: { enum?: readonly string[] } }> {
  const bodies = paths['/v1/webhook_endpoints']?.post?.requestBody?.content ?? {};
  return bodies['application/x-www-form-urlencoded']?.schema.properties ?? {};
}

function parametersOf({ parameters = [], requestBody }: Operation): Set<string> {
  const bodies = Object.values(requestBody?.content ?? {});
  const named = bodies.flatMap(({ schema }) => Object.keys(schema.properties ?? {}));
  return new Set([...named, ...parameters.filter((one) => one.in === 'query').map(({ name }) => name)]);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

/** OpenAPI 3.0 says `nullable`, JSON Schema does not know the word. */
function nullable(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || value.nullable !== true) return value;
  const { nullable: _, ...schema } = value;
  return { anyOf: [schema, { type: 'null' }] };
}
