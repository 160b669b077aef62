import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SignIn } from './data.js';
import type { ShopPlan } from './plan.js';

/** Placed once for a data folder. */
export function firstOrderIsDue(data: string): boolean {
  return !existsSync(join(data, 'first-order.json'));
}

export async function firstOrder(_plan: ShopPlan, _signIns: readonly SignIn[], _stopping: AbortSignal): Promise<void> {
  throw new Error('the pages are not there yet');
}
