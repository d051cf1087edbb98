import type { ClientFrame, ServerFrame } from '../generated/contract.js';
import type { WebSocketConstructor } from '../api/options.js';

/** What a {@link Wire} tells. After `closed` nothing comes any more. */
export interface WireListener {
  opened(): void;
  frame(frame: ServerFrame): void;
  /** A frame that is not JSON or not an object: skipped. */
  strange(data: unknown): void;
  closed(code: number): void;
}

/** One WebSocket: frames in, frames out. Knows nothing of what they mean. */
export class Wire {
  private readonly socket: WebSocket;
  private over = false;

  constructor(
    make: WebSocketConstructor,
    url: string,
    private readonly listener: WireListener,
  ) {
    this.socket = new make(url, 'magpie.v1');
    this.socket.addEventListener('open', () => this.over || listener.opened());
    this.socket.addEventListener('message', ({ data }) => this.over || this.received(data));
    this.socket.addEventListener('close', ({ code }) => this.end(code));
    // A failed connection also closes; without a listener `ws` would throw.
    this.socket.addEventListener('error', () => {});
  }

  send(frame: ClientFrame): void {
    if (this.socket.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  /** Says goodbye and waits for the other side's. */
  close(): void {
    this.socket.close(1000);
  }

  /** Ends at once for us, as if the network had cut it; a dead peer would not answer a close. */
  abandon(code = 1006): void {
    this.socket.close();
    this.end(code);
  }

  private end(code: number): void {
    if (this.over) return;
    this.over = true;
    this.listener.closed(code);
  }

  private received(data: unknown): void {
    const frame = parse(data);
    if (frame) this.listener.frame(frame);
    else this.listener.strange(data);
  }
}

function parse(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    const known = typeof frame === 'object' && frame !== null && 'type' in frame;
    return known ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
