/** One open WebSocket, the same in a browser and in Node. */
export interface Line {
  readonly protocol: string;
  readonly extensions: string;
  send(data: string | Uint8Array): void;
  close(code?: number): void;
  /** What only a program can do; absent in browsers. */
  readonly raw?: RawLine;
}

/** Things that a browser's WebSocket cannot send. */
export interface RawLine {
  ping(): void;
  /** Bytes as a text frame, with nothing checked. */
  text(bytes: Uint8Array): void;
  /** One fragment of a text message; the first of a message, then continuations. */
  fragment(text: string, last: boolean): void;
  /** A text frame against RFC 6455: without a mask. */
  unmasked(text: string): void;
  /** Reads no more until the connection ends. */
  stopReading(): void;
}

export interface Listener {
  message(text: string): void;
  closed(code: number): void;
}

export interface Upgrade {
  readonly protocols: readonly string[];
  readonly path?: string;
  readonly origin?: string;
}

/** Where the suite runs. */
export interface Platform {
  readonly name: 'node' | 'browser';
  /** Opens a WebSocket; refused when the upgrade is. */
  dial(url: string, protocols: readonly string[], listener: Listener): Promise<Line>;
  /** HTTP status that answers an upgrade, 101 if it was let in; browsers cannot see it. */
  upgrade?(base: string, upgrade: Upgrade): Promise<number>;
}
