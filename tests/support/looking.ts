import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What the interface is held to: three widths, both themes. */
export const widths = [375, 768, 1_440] as const;
export const themes = ['light', 'dark'] as const;

/** A browser's window as one kind of visitor has it. */
export function aWindow(
  browser: Browser,
  {
    width = 1_440,
    theme = 'light',
    scripts = true,
  }: { width?: number; theme?: 'light' | 'dark'; scripts?: boolean } = {},
): Promise<BrowserContext> {
  const viewport = { width, height: 800 };
  return browser.newContext({
    viewport,
    colorScheme: theme,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    locale: 'en',
  }); // a colour on its way to another is neither theme's
}

/** What is wrong with a page as it stands: axe's findings (WCAG 2.2 AA), and whether one must scroll sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' … ')}`);
  const tooWide = (await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )) as number;
  return tooWide > 0 ? [...found, `${tooWide} pixels too wide`] : found;
}

/** Looks at a page in every width and theme, in one window; answers what is wrong, and where. */
export async function faultsInAllSizes(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const faults = await faultsOf(page);
      wrong.push(...faults.map((fault) => `${new URL(page.url()).pathname} at ${width}, ${theme}: ${fault}`));
    }
  }
  return wrong;
}
