import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { Unwanted } from '../messages/failures.js';
import { provisioningUnwanted } from '../messages/server-provisioning.js';

/** Whether the customer still wants the server. Heeded at any moment until the installer has begun, and never after. */
export function customersWish() {
  let unwanted = false;
  let begun = false;
  let stop = () => {};
  setHandler(provisioningUnwanted, () => {
    unwanted = true;
    stop();
  });
  const failure = () => ApplicationFailure.nonRetryable('the customer changed their mind', Unwanted);

  return {
    installationBegan(): void {
      begun = true;
    },

    /** The work's result; or `Unwanted`, once whatever was under way has come to rest. */
    async heeded<Result>(work: () => Promise<Result>): Promise<Result> {
      if (begun) return work();
      if (unwanted) throw failure();
      const scope = new CancellationScope();
      stop = () => scope.cancel();
      try {
        return await scope.run(work);
      } catch (error) {
        throw unwanted && isCalledOff(error) ? failure() : error;
      } finally {
        stop = () => {};
      }
    },
  };
}

/** A cluster does not try again what it asked to cease: a failure that would have passed is then the last word of it. */
function isCalledOff(error: unknown): boolean {
  return isCancellation(error) || error instanceof ActivityFailure;
}
