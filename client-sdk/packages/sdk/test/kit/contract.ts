import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../../../../server/src/main/resources/contract');
const read = (path: string) => parse(readFileSync(join(folder, path), 'utf8'));

const ajv = new Ajv2020({ strict: false, allErrors: true });
for (const file of readdirSync(join(folder, 'schemas'))) ajv.addSchema(read(`schemas/${file}`));

const asyncapi = read('asyncapi.yaml');
const requests: Map<string, { params: { $ref: string }; result: { $ref: string } }> = new Map(
  Object.entries(asyncapi['x-magpie-requests']),
);
const events: Map<string, { data: { $ref: string } }> = new Map(
  Object.entries(asyncapi['x-magpie-events']),
);
const compiled = new Map<string, ValidateFunction>();

function check(ref: string, value: unknown): string | undefined {
  let validate = compiled.get(ref);
  if (!validate) compiled.set(ref, (validate = ajv.compile({ $ref: ref })));
  if (validate(value)) return undefined;
  return `${ref}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`;
}

/** What is wrong with a frame of the client, by the contract; nothing if all is well. */
export function wrongClientFrame(frame: { type?: string; op?: string; params?: unknown }) {
  const wrong = check('urn:magpie:v1:frame#/$defs/ClientFrame', frame);
  if (wrong || frame.type !== 'request') return wrong;
  const op = requests.get(frame.op ?? '');
  return op ? check(op.params.$ref, frame.params ?? {}) : `unknown operation ${frame.op}`;
}

/** What is wrong with the result of an operation. */
export function wrongResult(op: string, result: unknown) {
  return check(requests.get(op)!.result.$ref, result);
}

/** What is wrong with a frame of the server. */
export function wrongServerFrame(frame: { type: string; events?: readonly { kind: string }[] }) {
  const wrong = check('urn:magpie:v1:frame#/$defs/ServerFrame', frame);
  if (wrong) return wrong;
  for (const event of frame.events ?? []) {
    const kind = events.get(event.kind);
    const bad = kind && check(kind.data.$ref, (event as unknown as { data: unknown }).data);
    if (bad) return bad;
  }
  return undefined;
}
