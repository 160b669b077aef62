import type { Deed, StopKind } from '../../rules/durable/stops.js';

/** An act that reaches the world: what it is, and which stops hold it, beside the one that holds all. */
export interface ActingOutside {
  readonly deed: Deed;
  /** Told from what it was asked for where that decides. */
  readonly stops: readonly StopKind[] | ((asked: never) => readonly StopKind[]);
  /**
   * A second attempt is not held: the first may have asked the bank already, and knows how to find that out. Elsewhere
   * whoever pulls the brake also means what is being tried again.
   */
  readonly finishes?: true;
}

const money = { stops: ['charges'], finishes: true } as const;
const letter: ActingOutside = { deed: 'letter', stops: ['mails'] };
const installation: ActingOutside = { deed: 'installation', stops: ['installations'] };
/** A machine's power button is the same for whoever presses it. */
const machine: ActingOutside = { deed: 'installation', stops: ['installations', 'power'] };

/**
 * Every activity, by name: what it does outside, or `within` where it writes our own rows, or only looks. Taking back a
 * charge that is not decided is `within` too: held, the bank would go on and take what nobody wants.
 */
export const actingOutside = {
  beginOrder: 'within',
  recordOrderStatus: 'within',
  giveBackReservation: 'within',
  sendOrderConfirmation: letter,
  sendOrderOutcome: letter,

  beginCollection: 'within',
  /** Held before it is written, so that the customer's own click still finds no attempt in its way. */
  openAttempt: { deed: 'charge', stops: ({ onSession, by }: WantedCharge) => (onSession || by ? [] : ['dunning']) },
  createCharge: { ...money, deed: 'charge' },
  confirmCharge: { ...money, deed: 'charge' },
  lookUpCharge: 'within',
  cancelCharge: 'within',
  recordOutcome: 'within',
  sendPaymentProblem: letter,
  planRetry: 'within',
  writeOffInvoice: 'within',
  requestCard: 'within',
  sendCardRequest: letter,
  voidInvoice: 'within',
  creditInvoice: 'within',
  refundPayments: { ...money, deed: 'refund' },
  lookUpRefunds: 'within',
  /** Each charge of a set is its own process's, and held there. */
  workOnBatch: 'within',
  lookAtReturn: 'within',
  replaceRefund: 'within',
  lookAtDispute: 'within',
  closeReturn: 'within',
  tellCollectors: 'within',
  /** Nothing leaves the house: what the shop owes a customer and what they owe it are set against each other. */
  useCreditWhenDue: 'within',
  followReversals: 'within',
  sealLedger: 'within',
  checkBooks: 'within',

  beginProvisioning: 'within',
  reserveServer: 'within',
  releaseServer: 'within',
  setServerAside: 'within',
  assignAddresses: 'within',
  unassignAddresses: 'within',
  assignPort: 'within',
  unassignPort: 'within',
  openPort: installation,
  closePort: installation,
  checkMachine: 'within',
  powerOff: machine,
  powerOn: machine,
  setNetworkBoot: machine,
  setDiskBoot: machine,
  /** From then on whatever boots there from the network is given an installer. */
  prepareInstallation: installation,
  withdrawInstallation: 'within',
  abandonInstallation: 'within',
  lookAtInstallation: 'within',
  verifyServer: 'within',
  forgetRootPassword: 'within',
  forgetRootPasswords: 'within',
  tellProgress: 'within',
  handOver: 'within',
  sendWelcome: letter,

  beginPowerCommand: 'within',
  lookAtPower: 'within',
  pushPower: { deed: 'power', stops: ['power'] },
  watchPower: 'within',
  endPowerCommand: 'within',

  sendConfirmationLink: letter,
  recordStatus: 'within',
  setEndDate: 'within',
  suspendService: { deed: 'suspension', stops: ['dunning'] },
  beginReturn: 'within',
  releaseHoldings: 'within',
  creditUnusedDays: 'within',
  sendOutcome: letter,

  openPasswordReset: 'within',
  sendAccountLetter: letter,

  enterStep: 'within',
  leaveStep: 'within',
  tellProblem: 'within',
  openStaffTask: 'within',
  closeStaffTask: 'within',
  escalateStaffTasks: 'within',
  startAccepted: 'within',
  notePulse: 'within',
  tellLifted: 'within',
  leaveHold: 'within',
} satisfies Readonly<Record<string, ActingOutside | 'within'>>;

/** Where an activity is missing, `createActivities` does not compile. */
export type EveryAct<Activities> = { readonly [Name in keyof Activities]: ActingOutside | 'within' };

interface WantedCharge {
  readonly onSession: boolean;
  /** Somebody of the staff asked for it. */
  readonly by?: object;
}

/** Nothing where it only writes our rows, or looks. */
export function actOutside(activity: string): ActingOutside | undefined {
  const acting = (actingOutside as Readonly<Record<string, ActingOutside | 'within'>>)[activity];
  return acting === 'within' ? undefined : acting;
}

/** The act, and every stop that holds it; nothing where none does. */
export function stopsOver(activity: string, args: readonly unknown[]): { deed: Deed; stops: StopKind[] } | undefined {
  const acting = actOutside(activity);
  if (!acting) return undefined;
  const { deed, stops } = acting;
  const named = typeof stops === 'function' ? stops(args[0] as never) : stops;
  return named.length > 0 ? { deed, stops: ['all', ...named] } : undefined;
}
