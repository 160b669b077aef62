/** `1 Gbit/s`: whole gigabits where there are some. */
export function portSpeed(language: string, speedMbit: number): string {
  const fast = speedMbit % 1_000 === 0;
  const unit = { style: 'unit', unit: fast ? 'gigabit-per-second' : 'megabit-per-second' } as const;
  return new Intl.NumberFormat(language, unit).format(fast ? speedMbit / 1_000 : speedMbit);
}
