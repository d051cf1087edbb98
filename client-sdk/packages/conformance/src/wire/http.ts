import { Broken } from '../run/check.js';
import { short, type Contract } from './contract.js';
import type { ErrorBody, Params } from './types.js';

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly body: unknown;
  readonly headers: Headers;
}

const TIMEOUT_MS = 20_000;

/** The operations over HTTP; each answer is held against the contract. */
export class Http {
  readonly #base: string;
  readonly #contract: Contract;

  constructor(base: string, contract: Contract) {
    this.#base = base;
    this.#contract = contract;
  }

  /** Asks by the name of the operation; path, query and body are made from the parameters. */
  async send(op: string, params: Params, token?: string): Promise<Answer> {
    const operation = this.#contract.operations.get(op);
    if (operation === undefined) throw new Broken(`the contract has no operation ${op} over HTTP`);
    const left = new Map(Object.entries(params));
    const path = operation.path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
      const value = String(left.get(name));
      left.delete(name);
      return encodeURIComponent(value);
    });
    const query = new URLSearchParams();
    for (const name of operation.query) {
      if (left.has(name)) query.set(name, String(left.get(name)));
      left.delete(name);
    }
    const body = operation.hasBody ? JSON.stringify(Object.fromEntries(left)) : undefined;
    const text = query.size > 0 ? `?${query.toString()}` : '';
    return this.raw(op, operation.method, `${path}${text}`, { token, body });
  }

  /** Any request; the answer has to be one of the operation. */
  async raw(
    op: string,
    method: string,
    path: string,
    {
      token,
      body,
      type = 'application/json',
    }: { token?: string | undefined; body?: string | undefined; type?: string },
  ): Promise<Answer> {
    const answer = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': type }),
      },
      ...(body === undefined ? {} : { body }),
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    const read = parsed(text, `${method} ${path}`);
    const wrong = this.#contract.wrongAnswer(
      op,
      answer.status,
      answer.headers.get('Content-Type') ?? '',
      read,
    );
    if (wrong !== undefined) throw new Broken(`${op} over HTTP is against the contract: ${wrong}`);
    return { status: answer.status, ok: answer.ok, body: read, headers: answer.headers };
  }

  /** Asks and gives the result. */
  async ask<T = Record<string, unknown>>(op: string, params: Params, token?: string): Promise<T> {
    const answer = await this.send(op, params, token);
    if (!answer.ok) throw new Broken(`${op} over HTTP was refused: ${short(answer.body)}`);
    return answer.body as T;
  }

  async refusal(op: string, params: Params, token?: string): Promise<ErrorBody> {
    const answer = await this.send(op, params, token);
    if (answer.ok) throw new Broken(`${op} over HTTP was not refused: ${short(answer.body)}`);
    return answer.body as ErrorBody;
  }
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Broken(`${what} did not answer JSON: ${short(text)}`);
  }
}
