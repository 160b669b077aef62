const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  cartes_bancaires: 'Cartes Bancaires',
};

/** What people call a card: `Visa •••• 4242`, the same in every language. */
export function cardName({ brand, last4 }: { readonly brand: string; readonly last4: string }): string {
  return `${brands[brand] ?? brand} •••• ${last4}`;
}
