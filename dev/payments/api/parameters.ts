import { z } from 'zod';
import { type ApiFailure, invalidRequest } from './failures.js';

export const text = z.string();
export const list = z.array(z.string());
export const whole = z
  .string()
  .regex(/^-?\d{1,15}$/, 'integer')
  .transform(Number);
export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
export const papers = z.record(z.string().max(40), z.string().max(500));

/** Parameters of one call. `expand` is known to each, and whatever is not listed is refused. */
export function parameters<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ expand: list.optional(), ...shape });
}

export const billingDetails = z.strictObject({
  address: z.record(z.string(), z.string()).optional(),
  email: text.optional(),
  name: text.optional(),
  phone: text.optional(),
});

/** A card as a page gives it. */
export const cardData = z.strictObject({
  type: z.literal('card'),
  card: z.strictObject({
    number: text.optional(),
    exp_month: whole.optional(),
    exp_year: whole.optional(),
    cvc: text.optional(),
    token: text.optional(),
  }),
  billing_details: billingDetails.optional(),
  metadata: papers.optional(),
});

export type CardData = z.output<typeof cardData>;

/** Typed parameters, or the first thing wrong with them as Stripe says it: what it does not know comes first. */
export function parsed<Shape extends z.ZodType>(shape: Shape, given: unknown): z.output<Shape> {
  const outcome = shape.safeParse(given);
  if (outcome.success) return outcome.data;
  const { issues } = outcome.error;
  const [first] = issues;
  throw asFailure(issues.find(({ code }) => code === 'unrecognized_keys') ?? first);
}

type Issue = z.core.$ZodIssue;

function asFailure(issue: Issue | undefined): ApiFailure {
  if (!issue) return invalidRequest('Invalid request.');
  if (issue.code === 'unrecognized_keys') {
    const param = spelled([...issue.path, issue.keys[0] ?? '']);
    return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const param = spelled(issue.path);
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  if (issue.message === 'integer') {
    return invalidRequest(`Invalid integer: ${param}`, { code: 'parameter_invalid_integer', param });
  }
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param });
}

/** `card[number]`, as a form spells it. */
function spelled([head = '', ...inner]: readonly PropertyKey[]): string {
  return String(head) + inner.map((key) => `[${String(key)}]`).join('');
}
