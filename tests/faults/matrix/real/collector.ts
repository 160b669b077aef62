import { PortReading } from '../../../../models/network/port-reading.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { statusOf } from '../../../support/own-process.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, kill, PATIENCE_MS } from './ground.js';

async function lastRead(): Promise<number | undefined> {
  return (await PortReading.query().orderBy('readAt', 'desc').first())?.readAt.getTime();
}

const databaseDies: Cell<LaunchedShop> = {
  process: 'collector',
  step: 'it reads its switches',
  fault: 'kill -9 of PostgreSQL',
  groups: ['F1', 'F19'],
  features: ['NET-01'],
  async run(shop) {
    const isReady = async () => (await statusOf(`http://127.0.0.1:${shop.ports.collector}/readyz`)) === 200;
    await until(async () => (await PortReading.query().resultSize()) > 0, PATIENCE_MS);
    await kill(shop, 'PostgreSQL');
    await until(isReady, PATIENCE_MS);
    const before = await lastRead();
    await until(async () => (await lastRead()) !== before, PATIENCE_MS);
    return 'went on reading; hours are the sums of their intervals';
  },
};

export const collector = block({ name: 'the collector loses its store', ...ground, cells: [databaseDies] });
