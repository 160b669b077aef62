export interface RateUnit {
  readonly name: 'bit' | 'kbit' | 'Mbit' | 'Gbit' | 'Tbit';
  /** Bits a second in one of them. */
  readonly bits: number;
}

const units: readonly [RateUnit, ...RateUnit[]] = [
  { name: 'Tbit', bits: 1e12 },
  { name: 'Gbit', bits: 1e9 },
  { name: 'Mbit', bits: 1e6 },
  { name: 'kbit', bits: 1e3 },
  { name: 'bit', bits: 1 },
];

/** The greatest unit of a thousand in which a rate is 1 or more: one graph and its table have one unit. */
export function rateUnitFor(bitsPerSecond: number): RateUnit {
  return units.find(({ bits }) => bitsPerSecond >= bits) ?? { name: 'bit', bits: 1 };
}
