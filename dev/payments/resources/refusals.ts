import { type ApiError, ApiFailure, docUrl } from '../api/failures.js';
import type { BankDecline } from '../cards/declines.js';

/** The card error that a bank's refusal becomes, with the objects it concerns. */
export function declinedFailure(decline: BankDecline, about: Readonly<Record<string, unknown>> = {}): ApiFailure {
  return new ApiFailure(402, { ...cardError(decline), ...about });
}

export function cardError({ code, declineCode, message, advice }: BankDecline): ApiError {
  return {
    type: 'card_error',
    code,
    decline_code: declineCode,
    ...(advice === null ? {} : { advice_code: advice }),
    doc_url: docUrl(code),
    message,
  };
}
