import type { Page } from 'playwright-core';

/** Presses what leads to another page, until that is there: a click alone does not wait for it on busy cores. */
export async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(button)]);
}
