/** What an order goes through until its server is handed over, as people read it, in this order. */
export const provisioningSteps = ['payment', 'reserve', 'network', 'boot', 'install', 'verify', 'welcome'] as const;

export type ProvisioningStep = (typeof provisioningSteps)[number];

/** Told until this shop has built a few servers of its own: seconds. */
export const firstGuessSeconds: Readonly<Record<ProvisioningStep, number>> = {
  payment: 5,
  reserve: 1,
  network: 5,
  boot: 240,
  install: 660,
  verify: 60,
  welcome: 5,
};

/** Whether it all comes back: a step is undone only when nothing is built any more; one that failed is taken again. */
export function isUndone(steps: readonly { readonly status: string }[]): boolean {
  return steps.some(({ status }) => status === 'undone');
}

/** The middle one of the past durations, which one stuck machine does not move. Nothing where there are none. */
export function usualSeconds(durations: readonly number[]): number | undefined {
  const sorted = [...durations].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
