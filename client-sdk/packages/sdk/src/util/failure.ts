import { MagpieError, type AnyErrorCode } from '../api/errors.js';

/** An error that the SDK makes itself. */
export function failure(
  code: AnyErrorCode,
  message: string,
  more: { retryable?: boolean; field?: string; retryAfterMs?: number } = {},
): MagpieError {
  return new MagpieError({ code, message, retryable: false, ...more });
}

/** Whatever was thrown, as an error of ours. */
export function toError(thrown: unknown): MagpieError {
  if (thrown instanceof MagpieError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return failure('internal', message, { retryable: true });
}
