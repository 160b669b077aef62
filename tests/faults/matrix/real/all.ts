import type { Block } from '../block.js';
import { cancellation } from './cancellation.js';
import { collector } from './collector.js';
import { disk } from './disk.js';
import { ending } from './ending.js';
import { network } from './network.js';
import { payment } from './payment.js';
import { power } from './power.js';
import { cut } from './power-cut.js';
import { provisioning } from './provisioning.js';
import { restore } from './restore.js';
import { stop } from './stop.js';

/** Cells for which processes of a shop of their own are killed, starved or cut off. */
export const realBlocks: readonly Block[] = [
  ...[payment, provisioning, power, cancellation, ending, stop, collector],
  ...[cut, restore, network, disk],
];
