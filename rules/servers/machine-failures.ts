/** Why a machine left the pool while it was being prepared, as its row keeps it. */
export const machineFailures = [
  'bmc_refused', //       its service processor does not do what it is asked
  'wrong_serial', //      its service processor answers for another machine
  'did_not_start', //     said to be switched on, it stays off
  'went_off', //          switched itself off while it was at work
  'no_installer', //      started twice from the network, and no installer reported
  'install_stalled', //   the installer began and did not finish in time
  'no_answer', //         installed, and nobody answers under its address
  'wrong_answer', //      another machine, or another system, answers under its address
  'left_aside', //        staff took another one
] as const;

export type MachineFailure = (typeof machineFailures)[number];
