import { z } from 'zod';
import { hoursPutOff } from '../../../rules/durable/task-deadlines.js';
import { longText } from '../fields.js';

const person = z.union([z.literal('').transform(() => null), z.uuid()]);
const assignment = z.object({ from: person, to: person });
const note = z.object({ text: longText(500).pipe(z.string().min(1)) });
const why = z.object({ note: longText(500).pipe(z.string().min(1)) });
const due = z.object({
  hours: z
    .enum(hoursPutOff.map(String) as [string, ...string[]])
    .transform((hours) => hoursPutOff.find((each) => String(each) === hours) ?? hoursPutOff[0]),
  note: longText(500),
});

/** From whose hands into whose: nothing stands for nobody. Nothing comes back of a form that is none of ours. */
export const parseAssignment = (body: unknown) => assignment.safeParse(body ?? {}).data;
/** One note, without the blanks around it. */
export const parseNote = (body: unknown) => note.safeParse(body ?? {}).data?.text;
/** Why a task is closed by hand, or what rests is taken up. */
export const parseWhy = (body: unknown) => why.safeParse(body ?? {}).data?.note;
/** By how much a task is put off, and why. */
export const parsePuttingOff = (body: unknown) => due.safeParse(body ?? {}).data;
