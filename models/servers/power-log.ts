import type { QueryBuilder } from 'objection';
import { PowerCommand } from './power-command.js';

export const powerLogFilters = ['all', 'restarts', 'switches', 'vain'] as const;

/** The commands of a machine, or those given while a service held it: a customer sees none of an earlier tenant. */
export type PowerScope = { readonly serviceId: string } | { readonly serverId: string };

export interface PowerLogWish {
  readonly query: string;
  readonly direction: 'asc' | 'desc';
  readonly filter: (typeof powerLogFilters)[number] | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** A command with the names of who asked for it; looks stand in no log. */
export type LoggedCommand = PowerCommand & { readonly userName: string | null; readonly staffName: string | null };

const filters = {
  restarts: ['command', ['cycle', 'reset']],
  switches: ['command', ['on', 'off']],
  vain: ['status', ['failed', 'refused']],
} as const;

/** A reboot log as a list asks for it; one statement. */
export async function powerLog(scope: PowerScope, wish: PowerLogWish): Promise<LoggedCommand[]> {
  return matching(scope, wish)
    .select('power_commands.*', 'user.name as userName', 'staff.name as staffName')
    .orderBy([
      { column: 'power_commands.askedAt', order: wish.direction },
      { column: 'power_commands.id', order: wish.direction },
    ])
    .offset(wish.offset)
    .limit(wish.limit)
    .castTo<LoggedCommand[]>();
}

export function countPowerLog(scope: PowerScope, wish: PowerLogWish): Promise<number> {
  return matching(scope, wish).resultSize();
}

/** One command with its people, by its id. */
export async function loggedCommand(scope: PowerScope, id: string): Promise<LoggedCommand> {
  return found(scope)
    .select('power_commands.*', 'user.name as userName', 'staff.name as staffName')
    .where('power_commands.id', id)
    .first()
    .throwIfNotFound()
    .castTo<LoggedCommand>();
}

function matching(scope: PowerScope, { query, filter = 'all' }: PowerLogWish): QueryBuilder<PowerCommand> {
  const all = found(scope).whereNot('power_commands.command', 'state');
  if (filter !== 'all') all.whereIn(`power_commands.${filters[filter][0]}`, filters[filter][1]);
  // Customers know the shop and not its people: what they search for must not tell who works there.
  const names = 'serverId' in scope ? ['"user".name', 'staff.name'] : ['"user".name'];
  const has = (column: string) => `strpos(lower(${column}), lower(?)) > 0`;
  if (query)
    all.where((either) => {
      for (const column of ['power_commands.reason', ...names]) either.orWhereRaw(has(column), [query]);
    });
  return all;
}

function found(scope: PowerScope): QueryBuilder<PowerCommand> {
  const [[column, id] = ['serverId', '']] = Object.entries(scope);
  return PowerCommand.query()
    .leftJoin('users as user', 'user.id', 'power_commands.askedByUserId')
    .leftJoin('staff_members as staff', 'staff.id', 'power_commands.askedByStaffId')
    .where(`power_commands.${column}`, id);
}
