import { z } from 'zod';
import { staffAnswers } from '../../../workflows/messages/staff-tasks.js';
import { longText, tick, wrongFields } from '../fields.js';

const fields = ['answer', 'note'] as const;

const taskAnswerForm = z.object({
  answer: z.enum(staffAnswers),
  note: longText(500).pipe(z.string().min(1)),
  /** Giving up is asked twice. */
  confirmed: tick,
});

export type TaskAnswerForm = z.infer<typeof taskAnswerForm>;
export type TaskAnswerField = (typeof fields)[number];

/** How the step goes on, and why; or the fields that were filled in wrongly. */
export function parseTaskAnswer(body: unknown): { value: TaskAnswerForm } | { wrong: TaskAnswerField[] } {
  const parsed = taskAnswerForm.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
