import type { Store } from './store.js';

/** Why a token is asked for. */
export interface TokenRequest {
  /**
   * True when the last token was refused or ends soon: get a new one, do not answer a cached one.
   */
  readonly fresh: boolean;
}

/**
 * Answers an access token. Throw a {@link MagpieError} with the code `unauthenticated` (or answer
 * nothing) when the person must log in again: the client closes with the reason `login`. Any other
 * failure is tried again with growing delays. When the server refuses a token, a fresh one is asked
 * for and tried at once; when it refuses fresh ones, too, six more follow with growing delays (one
 * of its nodes may have a wrong clock), unless they stay the same or the session was ended.
 */
export type TokenSource = (
  request: TokenRequest,
) => string | undefined | null | Promise<string | undefined | null>;

/** Takes the SDK's own notes, for example `console`. Never gets a token or the text of a message. */
export interface Logger {
  debug(message: string, details?: unknown): void;
  warn(message: string, details?: unknown): void;
}

/** The part of the standard `WebSocket` that the SDK needs; the package `ws` fits. */
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => WebSocket;

export interface ClientOptions {
  /**
   * Where the server is, for example `https://chat.example.com`; `http:` or `https:`. With a path,
   * as in `https://example.com/chat`, where a proxy serves it below one: then `/ws` and `/api` are
   * looked for there. A function is asked before each connection, for programs that know several
   * addresses of one installation: the next connection goes where it says, with the same cursors.
   */
  readonly url: string | (() => string);
  /** Where access tokens come from; see `passwordSession` and `cookieSession`. */
  readonly getToken: TokenSource;
  /** Keeps unsent messages over a reload; memory by default. See `/store-idb`, `/store-file`. */
  readonly store?: Store;
  /** Name and version of your program for the server's log, at most 64 characters. */
  readonly name?: string;
  readonly logger?: Logger;
  /** The WebSocket class, where the platform has none (Node before 22: `import WebSocket from 'ws'`). */
  readonly WebSocket?: unknown;
  /** For tests: numbers from 0 to 1 as from `Math.random`, which is the default. */
  readonly random?: () => number;
  /** For tests: a clock that never goes back, in milliseconds; `performance.now` by default. */
  readonly now?: () => number;
  /** How long a request waits for its reply, in milliseconds; 15,000 by default. */
  readonly requestTimeoutMs?: number;
  /** Messages that a timeline holds at most before it drops the far end; 500 by default. */
  readonly timelineLimit?: number;
}
