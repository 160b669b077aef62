/**
 * A brand's accent in both themes, from its one colour: lighter where the ground is dark, so that links stay legible.
 * The staff area keeps its own accent whatever the brand.
 */
export function brandSheet(accent: string): Buffer {
  const mixed = (share: number, other: string) => `color-mix(in oklab, ${accent} ${share}%, ${other})`;
  return Buffer.from(`:root {
  --brand-accent: light-dark(${accent}, ${mixed(50, '#fff')});
  --brand-solid: light-dark(${accent}, ${mixed(88, '#fff')});
  --brand-tint: light-dark(${mixed(9, '#fff')}, ${mixed(26, '#0d0f13')});
}
`);
}
