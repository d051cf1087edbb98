import { Broken } from '../run/check.js';
import { short } from './contract.js';
import type { Reply } from './types.js';

interface Open {
  readonly op: string;
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** The open requests of a connection: each is owed exactly one reply. */
export class Requests {
  readonly #patienceMs: number;
  readonly #open = new Map<number, Open>();
  readonly #owed = new Map<number, number>();
  #nextId = 1;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  nextId(): number {
    return this.#nextId++;
  }

  /** The operation of an open request. */
  op(id: number): string | undefined {
    return this.#open.get(id)?.op;
  }

  /** Expects a reply, or several with one id, of which the first is given. */
  expect(id: number, op: string, times: number): Promise<Reply> {
    this.#owed.set(id, times);
    const reply = new Promise<Reply>((resolve, reject) => {
      const done = (act: () => void) => {
        clearTimeout(patience);
        this.#open.delete(id);
        act();
      };
      const late = new Broken(`${op} got no reply within ${this.#patienceMs} ms`);
      const patience = setTimeout(() => done(() => reject(late)), this.#patienceMs);
      this.#open.set(id, {
        op,
        resolve: (given) => done(() => resolve(given)),
        reject: (error) => done(() => reject(error)),
      });
    });
    // Not every case waits for every reply.
    reply.catch(() => undefined);
    return reply;
  }

  /** Takes a reply; what is wrong with it coming at all. */
  take(reply: Reply): string | undefined {
    const owed = this.#owed.get(reply.id) ?? 0;
    this.#owed.set(reply.id, owed - 1);
    return owed > 0 ? undefined : `a reply to nothing, or a second one: ${short(reply)}`;
  }

  /** Gives a reply to who waits for it. */
  settle(reply: Reply): void {
    this.#open.get(reply.id)?.resolve(reply);
  }

  /** The connection has ended: nothing more will come. */
  fail(why: (op: string) => Error): void {
    for (const { op, reject } of [...this.#open.values()]) reject(why(op));
  }
}
