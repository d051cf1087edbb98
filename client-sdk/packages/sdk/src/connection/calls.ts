import type { ReplyError, ReplyOk, Request } from '../generated/contract.js';
import { MagpieError } from '../api/errors.js';
import { failure } from '../util/failure.js';

interface OpenCall {
  readonly resolve: (result: never) => void;
  readonly reject: (error: MagpieError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The open requests of one connection: gives them ids and their replies back. */
export class Calls {
  private readonly open = new Map<number, OpenCall>();
  private last = 0;

  constructor(private readonly send: (frame: Request) => void) {}

  call<T>(op: string, params: object, timeoutMs: number): Promise<T> {
    const id = ++this.last;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.open.delete(id);
        reject(failure('timeout', `No reply to ${op} in time.`, { retryable: true }));
      }, timeoutMs);
      this.open.set(id, { resolve, reject, timer });
      this.send({ type: 'request', id, op, params: { ...params } });
    });
  }

  answered(reply: ReplyOk | ReplyError): void {
    const call = this.open.get(reply.id);
    if (!call) return;
    this.open.delete(reply.id);
    clearTimeout(call.timer);
    if (reply.ok) call.resolve(reply.result as never);
    else call.reject(new MagpieError(reply.error));
  }

  /** The connection is gone: nobody will answer. */
  fail(): void {
    for (const { reject, timer } of this.open.values()) {
      clearTimeout(timer);
      reject(failure('disconnected', 'The connection ended first.', { retryable: true }));
    }
    this.open.clear();
  }
}
