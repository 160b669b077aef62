import { type Money, share, splitByLargestRemainder, total } from '../money.js';

export interface NetLine {
  readonly net: Money;
  /** Basis points: 20 % is 2000. */
  readonly vatRateBp: number;
}

export interface RateTotal {
  readonly vatRateBp: number;
  readonly net: Money;
  readonly vat: Money;
}

export interface DocumentTotals {
  readonly net: Money;
  readonly vat: Money;
  readonly total: Money;
  /** One for each rate, the highest first. */
  readonly rates: readonly RateTotal[];
  /** The VAT of each line, in the lines' order; together they are the document's. */
  readonly lineVats: readonly Money[];
}

/** VAT per rate on the document's sum of nets (EN 16931, BR-CO-17), spread over the lines so that no cent is lost. */
export function documentTotals(lines: readonly NetLine[], currency: string): DocumentTotals {
  const everyRate = [...new Set(lines.map(({ vatRateBp }) => vatRateBp))].sort((one, other) => other - one);
  const parts = everyRate.map((vatRateBp) => {
    const nets = lines.filter((line) => line.vatRateBp === vatRateBp).map((line) => line.net);
    const net = total(nets, currency);
    const vat = share(net, vatRateBp, 10_000);
    return { vatRateBp, net, vat, lineVats: spread(vat, nets) };
  });
  const waiting = new Map(parts.map(({ vatRateBp, lineVats }) => [vatRateBp, [...lineVats]]));
  const lineVats = lines.map(({ vatRateBp }) => waiting.get(vatRateBp)?.shift() ?? { amountMinor: 0, currency });
  const rates = parts.map(({ vatRateBp, net, vat }) => ({ vatRateBp, net, vat }));
  const net = total(
    lines.map((line) => line.net),
    currency,
  );
  const vat = total(lineVats, currency);
  return { net, vat, total: total([net, vat], currency), rates, lineVats };
}

/** By the lines' nets; a line below zero (a discount) carries its own part, rounded, and the largest line the rest. */
function spread(vat: Money, nets: readonly Money[]): Money[] {
  const weights = nets.map(({ amountMinor }) => amountMinor);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (vat.amountMinor === 0) return nets.map(() => ({ ...vat, amountMinor: 0 }));
  if (weights.every((weight) => weight >= 0)) return splitByLargestRemainder(vat, weights);
  const parts = weights.map((weight) => share(vat, weight, all));
  const largest = weights.indexOf(Math.max(...weights));
  const left = vat.amountMinor - total(parts, vat.currency).amountMinor;
  return parts.map((part, index) => (index === largest ? { ...part, amountMinor: part.amountMinor + left } : part));
}
