export interface CardBrand {
  readonly brand: string;
  readonly lengths: readonly number[];
  readonly groups: readonly number[];
  readonly cvc: number;
}

export type CardFault =
  | 'incomplete_number'
  | 'incorrect_number'
  | 'invalid_expiry_month'
  | 'invalid_expiry_year'
  | 'incomplete_cvc'
  | 'invalid_cvc';

export function brandOf(number: string): CardBrand;
export function passesLuhn(number: string): boolean;
export function numberFault(number: string): CardFault | undefined;
export function expiryFault(month: number, year: number, today: Date): CardFault | undefined;
export function cvcFault(cvc: string, number: string): CardFault | undefined;
export function grouped(number: string): string;
