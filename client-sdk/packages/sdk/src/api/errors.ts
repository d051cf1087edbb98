import type { ErrorCode } from '../generated/contract.js';

/**
 * Codes that the SDK makes itself, beside those of the server:
 * `disconnected` the connection ended before the reply; `offline` no connection within the deadline;
 * `closed` the client was closed; `http_error` an HTTP answer that is not one of Magpie's.
 */
export type LocalErrorCode = 'disconnected' | 'offline' | 'closed' | 'http_error';

/** Any code of {@link MagpieError}. Newer servers may send codes that are not listed here. */
export type AnyErrorCode = ErrorCode | LocalErrorCode | (string & Record<never, never>);

/** What an error is made from; the `Error` schema of the contract fits. */
export interface ErrorDetails {
  readonly code: AnyErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly field?: string | undefined;
  readonly correlationId?: string | undefined;
}

/** Every failure of the SDK. Show your own text by `code`; act on `retryable`. */
export class MagpieError extends Error {
  override readonly name = 'MagpieError';
  /** Stable; listed in the server's errors file. */
  readonly code: AnyErrorCode;
  /** Whether the same call may succeed later without being changed. */
  readonly retryable: boolean;
  /** Not before so many milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The parameter that is wrong, as a dotted path. */
  readonly field: string | undefined;
  /** Finds the failure in the server's log. */
  readonly correlationId: string | undefined;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.code = details.code;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
    this.field = details.field;
    this.correlationId = details.correlationId;
  }
}
