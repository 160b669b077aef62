import type { Block } from './block.js';
import type { ToldCell } from './cell.js';
import { realBlocks } from './real/all.js';
import { toldReal } from './real/told.js';

/** Every block of the matrix; a file of cells puts itself in here. */
export const blocks: readonly Block[] = [...realBlocks];

/** Cells with nothing to run. */
export const told: readonly ToldCell[] = [...toldReal];
