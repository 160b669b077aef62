import type { Block } from './block.js';
import type { ToldCell } from './cell.js';

/** Every block of the matrix; a file of cells puts itself in here. */
export const blocks: readonly Block[] = [];

/** Cells with nothing to run. */
export const told: readonly ToldCell[] = [];
