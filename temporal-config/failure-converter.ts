import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stacks travel as payloads too: otherwise the codec would leave them readable. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
