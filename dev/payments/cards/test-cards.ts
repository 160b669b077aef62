/** What Stripe publishes about a test card. https://docs.stripe.com/testing */
export interface TestCard {
  readonly number: string;
  readonly token?: string;
  readonly country?: string;
  readonly funding?: 'debit' | 'prepaid';
  /** The decline code with which the bank refuses it. */
  readonly decline?: string;
  /** A card that can be saved all the same, and refuses when it is charged. */
  readonly savesFirst?: true;
  /** When the bank wants to see its customer: at saving and each charge; until it was saved so; or only on session. */
  readonly authentication?: 'always' | 'unless_saved' | 'on_session';
  readonly cvcCheck?: 'fail';
  /** How its refunds go: thought about for a while, or sent back after they had succeeded. */
  readonly refund?: RefundOutcome;
  /** Its holder disputes each charge, or has the bank ask first. */
  readonly dispute?: { readonly reason: string; readonly inquiry: boolean };
  /** Its money is available at once. */
  readonly settlesAtOnce?: true;
}

export type RefundOutcome = 'pending' | 'fails';

const good: readonly TestCard[] = [
  { number: '4242424242424242', token: 'pm_card_visa' },
  { number: '4012888888881881' },
  { number: '4111111111111111' },
  { number: '4000056655665556', token: 'pm_card_visa_debit', funding: 'debit' },
  { number: '5555555555554444', token: 'pm_card_mastercard' },
  { number: '2223003122003222' },
  { number: '5200828282828210', token: 'pm_card_mastercard_debit', funding: 'debit' },
  { number: '5105105105105100', token: 'pm_card_mastercard_prepaid', funding: 'prepaid' },
  { number: '378282246310005', token: 'pm_card_amex' },
  { number: '371449635398431' },
  { number: '6011111111111117', token: 'pm_card_discover' },
  { number: '6011000990139424' },
  { number: '3056930009020004', token: 'pm_card_diners' },
  { number: '36227206271667' },
  { number: '3566002020360505', token: 'pm_card_jcb' },
  { number: '6200000000000005', token: 'pm_card_unionpay' },
  { number: '4000002500000003', token: 'pm_card_fr', country: 'FR' },
  { number: '4000008260000000', token: 'pm_card_gb', country: 'GB' },
  { number: '4000002760000016', token: 'pm_card_de', country: 'DE' },
  { number: '4000000000000101', token: 'pm_card_cvcCheckFail', cvcCheck: 'fail' },
];

const declining: readonly TestCard[] = [
  { number: '4000000000000002', token: 'pm_card_visa_chargeDeclined', decline: 'generic_decline' },
  {
    number: '4000000000009995',
    token: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    decline: 'insufficient_funds',
  },
  { number: '4000000000009987', token: 'pm_card_visa_chargeDeclinedLostCard', decline: 'lost_card' },
  { number: '4000000000009979', token: 'pm_card_visa_chargeDeclinedStolenCard', decline: 'stolen_card' },
  { number: '4000000000000069', token: 'pm_card_chargeDeclinedExpiredCard', decline: 'expired_card' },
  { number: '4000000000000127', token: 'pm_card_chargeDeclinedIncorrectCvc', decline: 'incorrect_cvc' },
  { number: '4000000000000119', token: 'pm_card_chargeDeclinedProcessingError', decline: 'processing_error' },
  {
    number: '4000000000006975',
    token: 'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
    decline: 'card_velocity_exceeded',
  },
  { number: '4100000000000019', token: 'pm_card_radarBlock', decline: 'fraudulent' },
  { number: '4000000000000341', token: 'pm_card_chargeCustomerFail', decline: 'generic_decline', savesFirst: true },
];

const authenticated: readonly TestCard[] = [
  { number: '4000002500003155', token: 'pm_card_authenticationRequiredOnSetup', authentication: 'unless_saved' },
  { number: '4000002760003184', token: 'pm_card_authenticationRequired', authentication: 'always' },
  {
    number: '4000003800000446',
    token: 'pm_card_authenticationRequiredSetupForOffSession',
    authentication: 'on_session',
  },
  { number: '4000000000003220', token: 'pm_card_threeDSecure2Required', authentication: 'always' },
  { number: '4000000000003055', token: 'pm_card_threeDSecureOptional' },
  {
    number: '4000008260003178',
    token: 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    authentication: 'unless_saved',
    decline: 'insufficient_funds',
    savesFirst: true,
  },
  {
    number: '4000008400001629',
    token: 'pm_card_threeDSecureRequiredChargeDeclined',
    authentication: 'always',
    decline: 'generic_decline',
  },
];

const troublesome: readonly TestCard[] = [
  { number: '4000000000000077', token: 'pm_card_bypassPending', settlesAtOnce: true },
  { number: '4000003720000278', token: 'pm_card_bypassPendingInternational', country: 'IE', settlesAtOnce: true },
  { number: '4000000000007726', token: 'pm_card_pendingRefund', refund: 'pending' },
  { number: '4000000000005126', token: 'pm_card_refundFail', refund: 'fails' },
  {
    number: '4000000000000259',
    token: 'pm_card_createDispute',
    dispute: { reason: 'fraudulent', inquiry: false },
  },
  {
    number: '4000000000002685',
    token: 'pm_card_createDisputeProductNotReceived',
    dispute: { reason: 'product_not_received', inquiry: false },
  },
  {
    number: '4000000000001976',
    token: 'pm_card_createDisputeInquiry',
    dispute: { reason: 'fraudulent', inquiry: true },
  },
];

const all = [...good, ...declining, ...authenticated, ...troublesome];
const byNumber = new Map(all.map((card) => [card.number, card]));
const byToken = new Map(all.flatMap((card) => (card.token === undefined ? [] : [[card.token, card] as const])));

export function testCard(number: string): TestCard | undefined {
  return byNumber.get(number);
}

/** `pm_card_visa` and its like stand for a card that is made where they are named. */
export function testCardOfToken(token: string): TestCard | undefined {
  return byToken.get(token);
}
