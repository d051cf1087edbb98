import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { en } from '../../src/i18n/en';
import { zh } from '../../src/i18n/zh';

type Tree = { readonly [key: string]: string | Tree };

function texts(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[path + key, value] as [string, string]]
      : texts(value, `${path}${key}.`),
  );
}

const withoutPlural = (key: string) => key.replace(/_(one|other)$/u, '');
const keys = (tree: Tree) =>
  [...new Set(texts(tree).map(([key]) => withoutPlural(key)))].toSorted();
const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/gu)].map(String).toSorted();

const contract = parse(
  readFileSync(
    join(import.meta.dirname, '../../../../../server/src/main/resources/contract/errors.yaml'),
    'utf8',
  ),
) as { errors: Record<string, unknown> };

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect(keys(zh)).toEqual(keys(en));
  });

  it('have no empty text', () => {
    expect([...texts(en), ...texts(zh)].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('use the same placeholders', () => {
    const chinese = new Map(texts(zh));
    for (const [key, text] of texts(en)) {
      if (key.endsWith('_one')) continue;
      expect([key, ...placeholders(chinese.get(key) ?? '')]).toEqual([key, ...placeholders(text)]);
    }
  });

  it('have a text for every error code of the contract, and no others', () => {
    const codes = [...Object.keys(contract.errors), 'unknown'].toSorted();
    expect(Object.keys(en.errors).toSorted()).toEqual(codes);
    expect(Object.keys(zh.errors).toSorted()).toEqual(codes);
  });
});
