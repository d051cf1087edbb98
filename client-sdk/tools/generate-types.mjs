// Reads the contract (YAML, the server's source of truth) and writes the TypeScript types of the SDK:
// src/generated/contract.ts (types) and src/generated/errors.ts (texts of the error codes).
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const contract = join(here, '../../server/src/main/resources/contract');
const target = join(here, '../packages/sdk/src/generated');

const read = (path) => parse(readFileSync(join(contract, path), 'utf8'));
const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** `data.message.sent` → `DataMessageSent`; names with a capital stay. */
export function typeName(def) {
  return def
    .split(/[._]/)
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}

function referenced(ref) {
  const match = /^(?:urn:magpie:v1:[a-z]+)?#\/\$defs\/([^/]+)$/.exec(ref);
  if (!match) throw new Error(`Cannot make a type of the reference ${ref}`);
  return typeName(match[1]);
}

function comment(schema, indent) {
  const notes = [];
  if (schema.description) notes.push(schema.description.trim());
  const { minLength, maxLength, minimum, maximum, maxItems } = schema;
  const length = [minLength, maxLength].some((v) => v !== undefined);
  if (length && !/code points/.test(schema.description ?? ''))
    notes.push(`Length ${minLength ?? 0} to ${maxLength ?? '…'} code points.`);
  if (minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER)
    notes.push(`From ${minimum} to ${maximum}.`);
  if (maxItems !== undefined) notes.push(`At most ${maxItems} items.`);
  if (notes.length === 0) return '';
  return `${indent}/** ${notes.join(' ').replaceAll('*/', '* /')} */\n`;
}

function objectType(schema, indent) {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) {
    if (typeof schema.additionalProperties === 'object')
      return `Readonly<Record<string, ${type(schema.additionalProperties, indent)}>>`;
    return schema.additionalProperties === false
      ? 'Readonly<Record<string, never>>'
      : 'Readonly<Record<string, unknown>>';
  }
  const required = new Set(schema.required ?? []);
  const inner = indent + '  ';
  const lines = properties.map(([name, value]) => {
    const optional = required.has(name) ? '' : '?';
    return `${comment(value, inner)}${inner}readonly ${name}${optional}: ${type(value, inner)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function type(schema, indent = '') {
  if (schema.$ref) return referenced(schema.$ref);
  if ('const' in schema)
    return typeof schema.const === 'string' ? quote(schema.const) : String(schema.const);
  if (schema.enum) return schema.enum.map(quote).join(' | ');
  if (schema.oneOf) return schema.oneOf.map((one) => type(one, indent)).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array': {
      const item = type(schema.items, indent);
      return /[|{]/.test(item) ? `ReadonlyArray<${item}>` : `readonly ${item}[]`;
    }
    case 'object':
      return objectType(schema, indent);
    default:
      throw new Error(`Cannot make a type of ${JSON.stringify(schema)}`);
  }
}

function definitions(taken) {
  const out = [];
  const seen = new Map(taken.map((name) => [name, 'this generator']));
  for (const file of readdirSync(join(contract, 'schemas')).sort()) {
    for (const [name, schema] of Object.entries(read(`schemas/${file}`).$defs)) {
      const own = typeName(name);
      if (seen.has(own)) throw new Error(`${own} is in ${file} and in ${seen.get(own)}`);
      seen.set(own, file);
      const body = type(schema);
      const isObject = body.startsWith('{');
      out.push(
        `${comment(schema, '')}export ${isObject ? 'interface' : 'type'} ${own} ${isObject ? body : `= ${body};`}\n`,
      );
    }
  }
  return out;
}

/** A map of the operations: summary as comment, the type that `shape` gives to each. */
function map(name, doc, entries, shape) {
  const lines = Object.entries(entries).map(([key, value]) => {
    const text = value.summary ? `  /** ${value.summary}. */\n` : '';
    return `${text}  readonly ${quote(key)}: ${shape(value)};`;
  });
  return `/** ${doc} */\nexport interface ${name} {\n${lines.join('\n')}\n}\n`;
}

function contractFile() {
  const asyncapi = read('asyncapi.yaml');
  const codes = Object.keys(read('errors.yaml').errors);
  const close = Object.entries(asyncapi['x-magpie-close-codes']);
  return [
    '// Made from the contract by tools/generate-types.mjs. Do not edit.\n',
    ...definitions(['Requests', 'EventData', 'ErrorCode']),
    map(
      'Requests',
      'Every operation: what it takes and what it answers.',
      asyncapi['x-magpie-requests'],
      (op) => `{ readonly params: ${type(op.params)}; readonly result: ${type(op.result)} }`,
    ),
    map(
      'EventData',
      'Every kind of durable event and its data.',
      asyncapi['x-magpie-events'],
      (event) => type(event.data),
    ),
    `/** The stable error codes of the server. */\nexport type ErrorCode =\n${codes.map((c) => `  | ${quote(c)}`).join('\n')};\n`,
    '/** What a client does after a close code: reconnect, give up, or log in again. */\n' +
      `export const closeCodes: ReadonlyMap<number, 'yes' | 'no' | 'login'> = new Map([\n${close
        .map(([code, { reconnect, meaning }]) => `  [${code}, ${quote(reconnect)}], // ${meaning}`)
        .join('\n')}\n]);\n`,
  ].join('\n');
}

function errorsFile() {
  const errors = Object.entries(read('errors.yaml').errors);
  const table = (language) =>
    `  ${language}: new Map([\n${errors.map(([code, e]) => `    [${quote(code)}, ${quote(e[language])}],`).join('\n')}\n  ]),`;
  return [
    '// Made from the contract by tools/generate-types.mjs. Do not edit.\n',
    '/** Texts of the error codes for people, by language. */',
    `export const texts: Readonly<Record<'en' | 'zh', ReadonlyMap<string, string>>> = {\n${table('en')}\n${table('zh')}\n};\n`,
  ].join('\n');
}

mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'contract.ts'), contractFile());
writeFileSync(join(target, 'errors.ts'), errorsFile());
console.log('types made from the contract → packages/sdk/src/generated');
