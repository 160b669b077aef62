import { DBError } from 'objection';

/** The name of the constraint by which the database refused a write; nothing for any other error. */
export function refusingConstraint(error: unknown): string | undefined {
  if (!(error instanceof DBError)) return undefined;
  const { constraint } = error.nativeError as { constraint?: string };
  return constraint;
}
