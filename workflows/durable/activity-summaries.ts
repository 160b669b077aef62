import type { createActivities } from '../../activities/index.js';

/** What the Temporal UI says of each activity beside its name: fixed words, in which nothing of a customer may stand. */
export const activitySummaries: Readonly<Record<keyof ReturnType<typeof createActivities>, string>> = {
  // orders
  beginOrder: 'Reads the order: its numbers, its invoice, until when it may be paid',
  recordOrderStatus: 'Writes the order’s new state, with its sentence in the timeline',
  giveBackReservation: 'Lets go of what was held for the order',
  sendOrderConfirmation: 'Letter: your order, and how to pay it',
  sendOrderOutcome: 'Letter: how the order ended',

  // billing
  beginCollection: 'Reads what is owed and whether a charge is under way',
  openAttempt: 'Writes the attempt and its idempotency key, before any charge',
  createCharge: 'Makes the charge at the card provider, not yet confirmed',
  confirmCharge: 'Asks the bank for the money',
  lookUpCharge: 'Asks the card provider how the charge stands',
  cancelCharge: 'Takes the charge back before it is decided',
  recordOutcome: 'Books the payment, or keeps why there was none',
  sendPaymentProblem: 'Letter: the card was refused, and what to do',
  voidInvoice: 'Takes the unpaid invoice back',
  creditInvoice: 'Issues the credit note over what was paid',
  refundPayments: 'Sends the money back to the card',
  lookAtReturn: 'Asks the card provider whether the refund came back, and books it back',
  replaceRefund: 'Writes the refund that takes the place of the one that came back',
  lookAtDispute: 'Asks the card provider how the dispute stands, and books what is new',
  sealLedger: 'Seals the blocks of the ledger that are closed',
  closeReturn: 'Writes that the refund that came back is settled',

  // servers
  beginProvisioning: 'Reads what was sold and whether it stands already',
  reserveServer: 'Confirms the machine held since the order, or takes another like it',
  releaseServer: 'Puts the machine back among those to be wiped',
  setServerAside: 'Takes a machine that failed out of the pool',
  assignAddresses: 'Assigns an IPv4 address and an IPv6 block',
  unassignAddresses: 'Takes the addresses back',
  assignPort: 'Assigns the switch port and its VLAN',
  unassignPort: 'Takes the switch port back',
  openPort: 'Opens the port on the switch, in its VLAN',
  closePort: 'Closes the port on the switch',
  checkMachine: 'Compares the machine’s serial number before anything is erased',
  powerOff: 'Switches the machine off and waits until it is',
  powerOn: 'Switches the machine on and waits until it is',
  setNetworkBoot: 'Next start from the network, once',
  setDiskBoot: 'From now on it starts from its disk',
  prepareInstallation: 'Writes what the installer will ask for; draws the root password',
  withdrawInstallation: 'Stops the installation unless it has begun',
  abandonInstallation: 'Voids the installation and its token',
  lookAtInstallation: 'Looks how far the installer has come, and whether the machine is on',
  verifyServer: 'Asks the new server who it is, over the network',
  forgetRootPassword: 'Deletes the sealed root password',
  forgetRootPasswords: 'Deletes sealed root passwords older than two days',
  tellProgress: 'Writes a sentence in the customer’s timeline',
  handOver: 'Makes the service active; its first period begins',
  sendWelcome: 'Letter: your server is ready',

  beginPowerCommand: 'Reads what was asked, and whether it may still be done',
  lookAtPower: 'Compares the serial number and reads whether the machine is on',
  pushPower: 'Asks the machine; of a restart it is written first, and never asked twice',
  watchPower: 'Reads the machine until it is where it was wanted',
  endPowerCommand: 'Writes what came of it, with its sentence in the timeline',

  // services
  sendConfirmationLink: 'Letter: confirm the cancellation by this link',
  recordStatus: 'Writes the cancellation’s new state',
  setEndDate: 'Works out the last day from the terms',
  suspendService: 'Suspends the service',
  releaseHoldings: 'Gives back machine, addresses and port',
  creditUnusedDays: 'Credits the days paid and not used, where the terms say so',
  sendOutcome: 'Letter: how the cancellation ended',

  // accounts
  openPasswordReset: 'Looks up who was named, and makes the link',
  sendAccountLetter: 'Letter: a link to set a password, or what was done with the account',

  // of every process
  enterStep: 'A step begins: time and state for the progress panel',
  leaveStep: 'A step ends: time and state for the progress panel',
  tellProblem: 'Says in the progress panel what went wrong',
  openStaffTask: 'Lays the step before staff: retry, skip or give up',
  closeStaffTask: 'Writes what staff decided',
  notePulse: 'Notes that automation is awake; after a long sleep it holds what would come in bulk',
  tellLifted: 'Tells a batch of processes that the stop they wait at was lifted',
  leaveHold: 'Takes a step back from the stop it waited at: it is not wanted any more',
  startAccepted: 'Starts what was accepted and never started',
  escalateStaffTasks: 'Sends what waits too long for staff up to the administrators',
  tellCollectors: 'Tells collectors that did not hear that their invoice is paid',
};
