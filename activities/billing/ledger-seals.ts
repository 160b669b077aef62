import { log } from '@temporalio/activity';
import { Model } from 'objection';
import { sealHead, sealNextBlock } from '../../models/billing/ledger-seal.js';
import { askedAt } from '../durable/clock.js';

/** More than a round has time for is left to the next one. */
const BLOCKS = 100;

export function createSealActivities() {
  return {
    /** Seals the ledger as far as nothing can appear in it any more. Where the chain ends is logged: a proof kept elsewhere. */
    async sealLedger(): Promise<void> {
      const knex = Model.knex();
      let sealed = 0;
      for (let block = 0; block < BLOCKS && (await sealNextBlock(knex, askedAt())) > 0; block++) sealed++;
      if (sealed > 0) log.info('the ledger is sealed', { ...(await sealHead(knex)) });
    },
  };
}
