import type { WebSocket } from 'ws';
import type { Event, Hello, Request, ServerFrame } from '../../src/index.js';
import { wrongClientFrame, wrongResult, wrongServerFrame } from './contract.js';
import { until } from './until.js';

/** One client, as the server sees it. Every frame in both directions is checked by the contract. */
export class Peer {
  readonly frames: (Hello | Request | { type: 'heartbeat' })[] = [];
  /** Requests that nobody has answered. */
  readonly open: Request[] = [];
  readonly wrong: string[] = [];
  closed = false;

  constructor(
    readonly socket: WebSocket,
    private readonly received: (peer: Peer, frame: Peer['frames'][number]) => void,
  ) {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      const bad = wrongClientFrame(frame);
      if (bad) this.wrong.push(bad);
      this.frames.push(frame);
      this.received(this, frame);
    });
    socket.on('close', () => (this.closed = true));
  }

  get hello(): Hello {
    return this.frames.find((frame) => frame.type === 'hello') as Hello;
  }

  requests(op: string): Request[] {
    return this.frames.filter(
      (frame): frame is Request => frame.type === 'request' && frame.op === op,
    );
  }

  send(frame: ServerFrame): void {
    const bad = wrongServerFrame(frame);
    if (bad) this.wrong.push(`of the test: ${bad}`);
    this.socket.send(JSON.stringify(frame));
  }

  push(...events: Event[]): void {
    this.send({ type: 'events', events });
  }

  reply(request: Request, result: object): void {
    const bad = wrongResult(request.op, result);
    if (bad) this.wrong.push(`of the test: ${bad}`);
    this.send({ type: 'reply', id: request.id, ok: true, result: result as never });
  }

  refuse(request: Request, code: string, retryable = false, retryAfterMs?: number): void {
    const more = retryAfterMs === undefined ? {} : { retryAfterMs };
    const error = { code, message: 'No.', retryable, ...more };
    this.send({ type: 'reply', id: request.id, ok: false, error });
  }

  /** Waits for the next request of `op` that was not answered and takes it. */
  async asked(op: string): Promise<Request> {
    const found = await until(() => this.open.find((one) => one.op === op), `request ${op}`);
    this.open.splice(this.open.indexOf(found), 1);
    return found;
  }

  /** Cuts the connection as a dead network would. */
  cut(): void {
    this.socket.terminate();
  }

  close(code: number): void {
    this.socket.close(code);
  }
}
