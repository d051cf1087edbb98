import type { Problem } from '../generated/contract.js';
import { MagpieError } from '../api/errors.js';
import { address } from '../util/address.js';
import { failure } from '../util/failure.js';

/** Where to call and how; `fetch` of the platform by default. */
export interface HttpTarget {
  /** Where the server is, for example `https://chat.example.com`; may end with a path. */
  readonly url: string;
  readonly fetch?: typeof fetch;
}

/**
 * One JSON call of the HTTP API.
 *
 * @throws MagpieError as the server refuses it; `http_error` (retryable) when it cannot be reached
 */
export async function call<T>(
  target: HttpTarget,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<T> {
  const send = target.fetch ?? fetch;
  const headers = new Headers({ Accept: 'application/json', 'X-Magpie-Csrf': '1' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  let response: Response;
  try {
    response = await send(address(target.url, `/api/v1${path}`), {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure('http_error', reason, { retryable: true });
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  throw refusal(response.status, answer as Partial<Problem> | undefined);
}

function refusal(status: number, problem: Partial<Problem> | undefined): MagpieError {
  if (typeof problem?.code !== 'string') {
    return failure('http_error', `HTTP ${status}`, { retryable: status >= 500 || status === 429 });
  }
  return new MagpieError({
    ...(problem as Problem),
    message: problem.detail ?? problem.title ?? problem.code,
    retryable: problem.retryable === true,
  });
}
