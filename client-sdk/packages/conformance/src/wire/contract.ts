import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ErrorBody, Frame } from './types.js';

interface Ref {
  readonly $ref: string;
}

export interface HttpOperation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly hasBody: boolean;
  readonly success: number;
  readonly result: string;
}

interface AsyncApi {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly 'x-magpie-requests': Readonly<Record<string, { params: Ref; result: Ref }>>;
  readonly 'x-magpie-events': Readonly<Record<string, { stream: string; data: Ref }>>;
  readonly 'x-magpie-close-codes': Readonly<Record<string, { reconnect: string }>>;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Ref }>> }>
  >;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface ErrorCodes {
  readonly errors: Readonly<
    Record<string, { status: number; retryable: boolean; close?: number; en: string; zh: string }>
  >;
}

/** Which schema a frame of the server has to fit. */
const SCHEMAS: ReadonlyMap<string, string> = new Map([
  ['welcome', 'Welcome'],
  ['streams', 'Streams'],
  ['events', 'Events'],
  ['signals', 'Signals'],
  ['heartbeat', 'ServerHeartbeat'],
  ['resync_required', 'ResyncRequired'],
  ['token_expiring', 'TokenExpiring'],
  ['go_away', 'GoAway'],
  ['error', 'ErrorFrame'],
]);

/** The machine-readable contract of the server under test. */
export class Contract {
  readonly asyncapi: AsyncApi;
  readonly openapi: OpenApi;
  readonly errors: ErrorCodes['errors'];
  readonly operations: ReadonlyMap<string, HttpOperation>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(asyncapi: AsyncApi, openapi: OpenApi, errors: ErrorCodes) {
    this.asyncapi = asyncapi;
    this.openapi = openapi;
    this.errors = errors.errors;
    this.operations = new Map(operations(openapi));
    this.#ajv.addSchema({ $id: 'contract', ...asyncapi });
  }

  static async load(base: string): Promise<Contract> {
    const read = async (name: string) => {
      const url = `${base}/contract/${name}.json`;
      const answer = await fetch(url).catch((cause: unknown) => {
        throw new Error(`${url} cannot be reached (from a page: is its origin allowed?)`, {
          cause,
        });
      });
      if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
      return answer.json();
    };
    const [asyncapi, openapi, errors] = await Promise.all(
      ['asyncapi', 'openapi', 'errors'].map(read),
    );
    return new Contract(asyncapi as AsyncApi, openapi as OpenApi, errors as ErrorCodes);
  }

  /** What is wrong with a frame of the server; `op` of the request where it is a reply. */
  wrongFrame(frame: Frame, op?: string): string | undefined {
    if (frame.type === 'reply') {
      if (!frame.ok) return this.#wrong('ReplyError', frame) ?? this.wrongError(frame.error);
      const wrong = this.#wrong('ReplyOk', frame);
      return wrong ?? (op === undefined ? undefined : this.wrongResult(op, frame.result));
    }
    const schema = SCHEMAS.get(frame.type);
    if (schema === undefined) return `a frame of type ${String(frame.type)} is not in the contract`;
    const wrong = this.#wrong(schema, frame);
    if (wrong !== undefined) return wrong;
    if (frame.type === 'error') return this.wrongError(frame.error);
    if (frame.type !== 'events') return undefined;
    for (const event of frame.events) {
      const kind = this.asyncapi['x-magpie-events'][event.kind];
      if (kind === undefined) return `an event of kind ${event.kind} is not in the contract`;
      const bad = this.#wrong(last(kind.data.$ref), event.data);
      if (bad !== undefined) return bad;
    }
    return undefined;
  }

  wrongResult(op: string, result: unknown): string | undefined {
    const described = this.asyncapi['x-magpie-requests'][op];
    return described && this.#wrong(last(described.result.$ref), result);
  }

  /** Codes are stable, and each is retryable or not. */
  wrongError(error: ErrorBody): string | undefined {
    const known = this.errors[error.code];
    if (known === undefined) return `the error code ${error.code} is not in the contract`;
    if (known.retryable === error.retryable) return undefined;
    return `${error.code} says retryable: ${error.retryable}, the contract ${known.retryable}`;
  }

  /** What is wrong with the body of an HTTP answer. */
  wrongAnswer(op: string, status: number, type: string, body: unknown): string | undefined {
    const operation = this.operations.get(op);
    if (operation === undefined) return `${op} is not in the contract`;
    if (status === operation.success) return this.#wrong(operation.result, body);
    if (!type.startsWith('application/problem+json')) return `${status} with media type ${type}`;
    const wrong = this.#wrong('Problem', body);
    if (wrong !== undefined) return wrong;
    const problem = body as ErrorBody & { readonly status: number };
    const known = this.errors[problem.code];
    if (problem.status !== status || known?.status !== status)
      return `${problem.code} came with status ${status}`;
    return this.wrongError(problem);
  }

  #wrong(schema: string, value: unknown): string | undefined {
    let validate = this.#compiled.get(schema);
    if (validate === undefined) {
      if (!(schema in this.asyncapi.components.schemas)) return `there is no schema ${schema}`;
      validate = this.#ajv.compile({ $ref: `contract#/components/schemas/${schema}` });
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return undefined;
    return `${schema}: ${this.#ajv.errorsText(validate.errors)} in ${short(value)}`;
  }
}

/** A value as JSON, cut where it is long. */
export function short(value: unknown, length = 400): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function last(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function* operations(openapi: OpenApi): Generator<[string, HttpOperation]> {
  for (const [path, methods] of Object.entries(openapi.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [status, response] = Object.entries(operation.responses)[0]!;
      const schema = response.content?.['application/json']?.schema;
      if (schema === undefined) continue;
      yield [
        operation.operationId,
        {
          method: method.toUpperCase(),
          path,
          query: (operation.parameters ?? []).filter((p) => p.in === 'query').map((p) => p.name),
          hasBody: operation.requestBody !== undefined,
          success: Number(status),
          result: last(schema.$ref),
        },
      ];
    }
  }
}
